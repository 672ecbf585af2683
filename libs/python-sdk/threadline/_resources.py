# Written by tools/build/python-sdk.mjs from the API's description; do not edit.
from __future__ import annotations

from typing import Any, Dict, Iterator, List, Literal, Optional, Union

from . import _types as t
from ._transport import Transport, quote


class _Resource:
    def __init__(self, transport: Transport) -> None:
        self._transport = transport


class ApiKeys(_Resource):
    def list(self, *, fields: Optional[str] = None) -> t.ApiKeyListDto:
        """All keys of the workspace, the newest first. Needs the permission `api_keys:read`.

        - fields: Only these fields of the answer, or of its items: `id,name,actor.type`. One that there is not is 400 `invalid_input`.
        """
        return self._transport.request("GET", "/api/api-keys", query={"fields": fields})

    def revoke(self, id: str) -> None:
        """Revokes a key: it stops working within five seconds everywhere, and its live connections are closed. Needs the permission `api_keys:write`.

        - id: The id of the thing.
        """
        self._transport.request("DELETE", f"/api/api-keys/{quote(id)}")


class Audit(_Resource):
    def checkpoint_list(self, *, fields: Optional[str] = None) -> t.CheckpointListDto:
        """Signed checkpoints, the newest first. Keep them elsewhere: they prove later that nothing before them was touched. Needs the permission `audit:read`.

        - fields: Only these fields of the answer, or of its items: `id,name,actor.type`. One that there is not is 400 `invalid_input`.
        """
        return self._transport.request("GET", "/api/audit/checkpoints", query={"fields": fields})

    def consistency(self, *, from_: float, to: float, fields: Optional[str] = None) -> t.ConsistencyProofDto:
        """Proves that the log of so many entries is the beginning of the log of so many more (RFC 9162, 2.1.4). Needs the permission `audit:read`.

        - from_: Entries of the log before, such as an earlier checkpoint's size.
        - to: Entries of the log after.
        - fields: Only these fields of the answer, or of its items: `id,name,actor.type`. One that there is not is 400 `invalid_input`.
        """
        return self._transport.request("GET", "/api/audit/consistency", query={"from": from_, "to": to, "fields": fields})

    def export(self, *, format: Literal["csv", "jsonl"]) -> None:
        """The whole log as a stream: `jsonl` to verify it offline, `csv` to read it. Needs the permission `audit:read`.

        - format: How it is written.
        """
        self._transport.request("GET", "/api/audit/export", query={"format": format})

    def list(self, *, limit: Optional[int] = None, cursor: Optional[str] = None, actor_id: Optional[str] = None, outcome: Optional[Literal["allowed", "denied", "failed"]] = None, action: Optional[str] = None, without: Optional[str] = None, target_type: Optional[str] = None, target_id: Optional[str] = None, from_: Optional[str] = None, to: Optional[str] = None, ip: Optional[str] = None, request_id: Optional[str] = None, q: Optional[str] = None, after: Optional[float] = None, fields: Optional[str] = None) -> t.AuditPageDto:
        """Who did what, when, from where, and whether it was allowed: the newest first. Opening it leaves an entry too. Needs the permission `audit:read`.

        - limit: How many at most, 1 to 200.
        - cursor: `nextCursor` of the page before.
        - actor_id: The id of a person, an API key, or a part of Threadline.
        - outcome: Only entries with this outcome.
        - action: `lead.updated`, with or without its version, or everything that is done to a kind of thing: `lead.*`, or `lead`.
        - without: A noun whose entries are left out: `draft`.
        - target_type: Only entries about things of this kind.
        - target_id: Only entries about the thing with this id.
        - from_: From this moment on.
        - to: Before this moment.
        - ip: Only entries from this network address.
        - request_id: Only entries of this request.
        - q: Words, all of which an entry has to have to do with: an address, a request, an id, the name of a person or a lead as it is today, or the beginning of a word of its action, outcome, reason and what is not sealed of its changes.
        - after: Only entries after this number: for a screen that follows the log. It leaves no entry of its own.
        - fields: Only these fields of the answer, or of its items: `id,name,actor.type`. One that there is not is 400 `invalid_input`.
        """
        return self._transport.request("GET", "/api/audit", query={"limit": limit, "cursor": cursor, "actorId": actor_id, "outcome": outcome, "action": action, "without": without, "targetType": target_type, "targetId": target_id, "from": from_, "to": to, "ip": ip, "requestId": request_id, "q": q, "after": after, "fields": fields})

    def iterate_list(self, *, limit: Optional[int] = None, actor_id: Optional[str] = None, outcome: Optional[Literal["allowed", "denied", "failed"]] = None, action: Optional[str] = None, without: Optional[str] = None, target_type: Optional[str] = None, target_id: Optional[str] = None, from_: Optional[str] = None, to: Optional[str] = None, ip: Optional[str] = None, request_id: Optional[str] = None, q: Optional[str] = None, after: Optional[float] = None, fields: Optional[str] = None) -> Iterator[t.AuditEntryDto]:
        """All items of `list`, page after page."""
        return self._transport.pages("/api/audit", query={"limit": limit, "actorId": actor_id, "outcome": outcome, "action": action, "without": without, "targetType": target_type, "targetId": target_id, "from": from_, "to": to, "ip": ip, "requestId": request_id, "q": q, "after": after, "fields": fields})

    def make_checkpoint(self, *, fields: Optional[str] = None, idempotency_key: Optional[str] = None) -> t.CheckpointDto:
        """Makes a checkpoint of everything there is now. Needs the permission `audit:read`.

        - fields: Only these fields of the answer, or of its items: `id,name,actor.type`. One that there is not is 400 `invalid_input`.
        """
        return self._transport.request("POST", "/api/audit/checkpoints", query={"fields": fields}, idempotency_key=idempotency_key, idempotent=True)

    def one(self, id: str, *, fields: Optional[str] = None) -> t.AuditEntryDto:
        """One entry. Opening it leaves an entry too. Needs the permission `audit:read`.

        - id: The id of the thing.
        - fields: Only these fields of the answer, or of its items: `id,name,actor.type`. One that there is not is 400 `invalid_input`.
        """
        return self._transport.request("GET", f"/api/audit/{quote(id)}", query={"fields": fields})

    def proof(self, id: str, *, size: Optional[float] = None, fields: Optional[str] = None) -> t.InclusionProofDto:
        """Proves that an entry is in the log of a checkpoint (RFC 9162, 2.1.3): check it offline, against one that was kept. Needs the permission `audit:read`.

        - id: The id of the thing.
        - size: Size of the checkpoint the entry is proved to be in; absent: the newest.
        - fields: Only these fields of the answer, or of its items: `id,name,actor.type`. One that there is not is 400 `invalid_input`.
        """
        return self._transport.request("GET", f"/api/audit/{quote(id)}/proof", query={"size": size, "fields": fields})

    def verify(self, *, fields: Optional[str] = None) -> t.AuditVerificationDto:
        """Computes every hash and root again. `ok: false` names the first entry that is not what it was. Needs the permission `audit:read`.

        - fields: Only these fields of the answer, or of its items: `id,name,actor.type`. One that there is not is 400 `invalid_input`.
        """
        return self._transport.request("GET", "/api/audit/verify", query={"fields": fields})


class AuditExports(_Resource):
    def cancel(self, id: str, *, fields: Optional[str] = None, idempotency_key: Optional[str] = None) -> t.AuditExportDto:
        """Stops one that is not finished, and removes what there is of its file. 409 `wrong_state` when it is finished. Needs the permission `audit:read`.

        - id: The id of the thing.
        - fields: Only these fields of the answer, or of its items: `id,name,actor.type`. One that there is not is 400 `invalid_input`.
        """
        return self._transport.request("POST", f"/api/audit/exports/{quote(id)}/cancel", query={"fields": fields}, idempotency_key=idempotency_key, idempotent=True)

    def file(self, id: str) -> None:
        """The file, for who asked for it and those a schedule names, signed in as themselves, for seven days. 404 `not_found` for everybody else and afterwards. Taking it leaves an entry. Needs the permission `audit:read`.

        - id: The id of the thing.
        """
        self._transport.request("GET", f"/api/audit/exports/{quote(id)}/file")

    def list(self, *, fields: Optional[str] = None) -> t.AuditExportListDto:
        """The newest 100 exports of the workspace, whoever asked for them, and how far each has come. Needs the permission `audit:read`.

        - fields: Only these fields of the answer, or of its items: `id,name,actor.type`. One that there is not is 400 `invalid_input`.
        """
        return self._transport.request("GET", "/api/audit/exports", query={"fields": fields})

    def one(self, id: str, *, fields: Optional[str] = None) -> t.AuditExportDto:
        """One file, and how far it has come. Needs the permission `audit:read`.

        - id: The id of the thing.
        - fields: Only these fields of the answer, or of its items: `id,name,actor.type`. One that there is not is 400 `invalid_input`.
        """
        return self._transport.request("GET", f"/api/audit/exports/{quote(id)}", query={"fields": fields})

    def request(self, body: t.NewAuditExportDto, *, fields: Optional[str] = None, idempotency_key: Optional[str] = None) -> t.AuditExportTaskDto:
        """Asks for a file of the log as it is now. It is made beside: `task_progress` on the live stream's service `tasks` and GET /api/audit/exports/:id say how far it has come. Made on the caller's behalf: it stops when they may not read the log any more. 429 `too_many_requests` with five unfinished ones. Needs the permission `audit:read`.

        - fields: Only these fields of the answer, or of its items: `id,name,actor.type`. One that there is not is 400 `invalid_input`.
        """
        return self._transport.request("POST", "/api/audit/exports", query={"fields": fields}, body=body, idempotency_key=idempotency_key, idempotent=True)


class AuditSchedules(_Resource):
    def change(self, id: str, body: t.AuditScheduleChangeDto, *, fields: Optional[str] = None) -> t.AuditScheduleDto:
        """Changes the given settings and leaves the others. Unless it is only paused, it is made on the caller's behalf from then on. A new time counts from now: what is due before it is not made up for. Needs the permission `audit:write`.

        - id: The id of the thing.
        - fields: Only these fields of the answer, or of its items: `id,name,actor.type`. One that there is not is 400 `invalid_input`.
        """
        return self._transport.request("PATCH", f"/api/audit/schedules/{quote(id)}", query={"fields": fields}, body=body)

    def create(self, body: t.NewAuditScheduleDto, *, fields: Optional[str] = None, idempotency_key: Optional[str] = None) -> t.AuditScheduleDto:
        """A new one, made on the caller's behalf. A slot is made once; one that was slept through is made within a day, and listed as missed later. A local time that the clocks leap over is the minute after; one they show twice, the first. Needs the permission `audit:write`.

        - fields: Only these fields of the answer, or of its items: `id,name,actor.type`. One that there is not is 400 `invalid_input`.
        """
        return self._transport.request("POST", "/api/audit/schedules", query={"fields": fields}, body=body, idempotency_key=idempotency_key, idempotent=True)

    def delete(self, id: str) -> None:
        """Ends one. Files it made stay until their time is over. Needs the permission `audit:write`.

        - id: The id of the thing.
        """
        self._transport.request("DELETE", f"/api/audit/schedules/{quote(id)}")

    def list(self, *, fields: Optional[str] = None) -> t.AuditScheduleListDto:
        """Exports that are made by themselves, and what became of their newest slots. Needs the permission `audit:read`.

        - fields: Only these fields of the answer, or of its items: `id,name,actor.type`. One that there is not is 400 `invalid_input`.
        """
        return self._transport.request("GET", "/api/audit/schedules", query={"fields": fields})


class AuditStreams(_Resource):
    def delete(self, id: str) -> None:
        """Ends a stream; what was not taken is not delivered any more. Needs the permission `audit:write`.

        - id: The id of the thing.
        """
        self._transport.request("DELETE", f"/api/audit/streams/{quote(id)}")

    def list(self, *, fields: Optional[str] = None) -> t.AuditStreamListDto:
        """Where the log goes by itself, and how far each stream has come. Needs the permission `audit:read`.

        - fields: Only these fields of the answer, or of its items: `id,name,actor.type`. One that there is not is 400 `invalid_input`.
        """
        return self._transport.request("GET", "/api/audit/streams", query={"fields": fields})

    def test(self, id: str, *, fields: Optional[str] = None, idempotency_key: Optional[str] = None) -> t.AuditStreamTestDto:
        """Sends a test now, and says whether it was taken. It is no entry of the log, and moves nothing. Needs the permission `audit:write`.

        - id: The id of the thing.
        - fields: Only these fields of the answer, or of its items: `id,name,actor.type`. One that there is not is 400 `invalid_input`.
        """
        return self._transport.request("POST", f"/api/audit/streams/{quote(id)}/test", query={"fields": fields}, idempotency_key=idempotency_key, idempotent=True)


class AuditViews(_Resource):
    def change(self, id: str, body: t.AuditViewChangeDto, *, fields: Optional[str] = None) -> t.AuditViewDto:
        """Changes the given fields: of one's own views, and with `audit:write` of shared ones. Needs the permission `audit:read`.

        - id: The id of the thing.
        - fields: Only these fields of the answer, or of its items: `id,name,actor.type`. One that there is not is 400 `invalid_input`.
        """
        return self._transport.request("PATCH", f"/api/audit/views/{quote(id)}", query={"fields": fields}, body=body)

    def create(self, body: t.NewAuditViewDto, *, fields: Optional[str] = None, idempotency_key: Optional[str] = None) -> t.AuditViewDto:
        """Saves filters under a name. Sharing it with everybody who reads the log takes `audit:write`. Needs the permission `audit:read`.

        - fields: Only these fields of the answer, or of its items: `id,name,actor.type`. One that there is not is 400 `invalid_input`.
        """
        return self._transport.request("POST", "/api/audit/views", query={"fields": fields}, body=body, idempotency_key=idempotency_key, idempotent=True)

    def delete(self, id: str) -> None:
        """Deletes one's own view, or with `audit:write` a shared one. Needs the permission `audit:read`.

        - id: The id of the thing.
        """
        self._transport.request("DELETE", f"/api/audit/views/{quote(id)}")

    def list(self, *, fields: Optional[str] = None) -> t.AuditViewListDto:
        """Saved looks at the audit log: one's own and the shared ones, by name. Needs the permission `audit:read`.

        - fields: Only these fields of the answer, or of its items: `id,name,actor.type`. One that there is not is 400 `invalid_input`.
        """
        return self._transport.request("GET", "/api/audit/views", query={"fields": fields})


class Batch(_Resource):
    def run(self, body: t.BatchDto, *, fields: Optional[str] = None) -> t.BatchAnswersDto:
        """Does up to 50 requests, one after the other, and answers what each was answered with. Each is let in, limited, audited and checked as if it had come by itself, and one that fails does not stop the others. Only what answers with JSON can be part of it, and no other batch. An `Idempotency-Key` of the batch gives each POST in it a key of its own. Needs a session or an API key.

        - fields: Only these fields of the answer, or of its items: `id,name,actor.type`. One that there is not is 400 `invalid_input`.
        """
        return self._transport.request("POST", "/api/batch", query={"fields": fields}, body=body)


class CheckpointDelivery(_Resource):
    def send(self, *, fields: Optional[str] = None, idempotency_key: Optional[str] = None) -> t.CheckpointSentDto:
        """Makes a checkpoint of everything there is now, and lets it leave: by mail and on the streams that carry them. Needs the permission `audit:write`.

        - fields: Only these fields of the answer, or of its items: `id,name,actor.type`. One that there is not is 400 `invalid_input`.
        """
        return self._transport.request("POST", "/api/audit/checkpoint-delivery/now", query={"fields": fields}, idempotency_key=idempotency_key, idempotent=True)

    def set(self, body: t.CheckpointDeliveryInputDto, *, fields: Optional[str] = None) -> t.CheckpointDeliveryDto:
        """Says who is mailed checkpoints. 400 `invalid_input` names those who may not read the log. Needs the permission `audit:write`.

        - fields: Only these fields of the answer, or of its items: `id,name,actor.type`. One that there is not is 400 `invalid_input`.
        """
        return self._transport.request("PUT", "/api/audit/checkpoint-delivery", query={"fields": fields}, body=body)

    def shown(self, *, fields: Optional[str] = None) -> t.CheckpointDeliveryDto:
        """Who is mailed checkpoints. Needs the permission `audit:read`.

        - fields: Only these fields of the answer, or of its items: `id,name,actor.type`. One that there is not is 400 `invalid_input`.
        """
        return self._transport.request("GET", "/api/audit/checkpoint-delivery", query={"fields": fields})


class Conversations(_Resource):
    def change(self, id: str, body: t.ConversationChangeDto, *, fields: Optional[str] = None, if_match: Optional[str] = None) -> t.ConversationDto:
        """Changes status, priority, assignee, tags or snooze of a conversation. Needs the permission `conversations:write`.

        - id: The id of the thing.
        - fields: Only these fields of the answer, or of its items: `id,name,actor.type`. One that there is not is 400 `invalid_input`.
        """
        return self._transport.request("PATCH", f"/api/conversations/{quote(id)}", query={"fields": fields}, body=body, if_match=if_match)

    def list(self, *, limit: Optional[int] = None, cursor: Optional[str] = None, status: Optional[Literal["pending", "open", "snoozed", "resolved"]] = None, priority: Optional[Literal["low", "normal", "high", "urgent"]] = None, tag: Optional[str] = None, lead_id: Optional[str] = None, assignee_id: Optional[str] = None, team_id: Optional[str] = None, unread: Optional[bool] = None, q: Optional[str] = None, fields: Optional[str] = None) -> t.ConversationListDto:
        """Conversations, the one with the newest message first. Needs the permission `conversations:read`.

        - limit: How many at most, 1 to 200.
        - cursor: `nextCursor` of the page before.
        - status: Only those that stand so.
        - priority: Only those of this priority.
        - tag: Only those with this tag.
        - lead_id: The id of a lead.
        - assignee_id: A member's id, `me`, or `none`.
        - team_id: A team's id, or `none`.
        - unread: Only those with unread messages.
        - q: Literal search in lead name, subject and newest message.
        - fields: Only these fields of the answer, or of its items: `id,name,actor.type`. One that there is not is 400 `invalid_input`.
        """
        return self._transport.request("GET", "/api/conversations", query={"limit": limit, "cursor": cursor, "status": status, "priority": priority, "tag": tag, "leadId": lead_id, "assigneeId": assignee_id, "teamId": team_id, "unread": unread, "q": q, "fields": fields})

    def iterate_list(self, *, limit: Optional[int] = None, status: Optional[Literal["pending", "open", "snoozed", "resolved"]] = None, priority: Optional[Literal["low", "normal", "high", "urgent"]] = None, tag: Optional[str] = None, lead_id: Optional[str] = None, assignee_id: Optional[str] = None, team_id: Optional[str] = None, unread: Optional[bool] = None, q: Optional[str] = None, fields: Optional[str] = None) -> Iterator[t.ConversationDto]:
        """All items of `list`, page after page."""
        return self._transport.pages("/api/conversations", query={"limit": limit, "status": status, "priority": priority, "tag": tag, "leadId": lead_id, "assigneeId": assignee_id, "teamId": team_id, "unread": unread, "q": q, "fields": fields})

    def mark_read(self, id: str, *, fields: Optional[str] = None, idempotency_key: Optional[str] = None) -> t.ConversationDto:
        """What came in has been seen. Needs the permission `conversations:write`.

        - id: The id of the thing.
        - fields: Only these fields of the answer, or of its items: `id,name,actor.type`. One that there is not is 400 `invalid_input`.
        """
        return self._transport.request("POST", f"/api/conversations/{quote(id)}/read", query={"fields": fields}, idempotency_key=idempotency_key, idempotent=True)

    def one(self, id: str, *, fields: Optional[str] = None) -> t.ConversationSnapshotDto:
        """One conversation. Needs the permission `conversations:read`.

        - id: The id of the thing.
        - fields: Only these fields of the answer, or of its items: `id,name,actor.type`. One that there is not is 400 `invalid_input`.
        """
        return self._transport.request("GET", f"/api/conversations/{quote(id)}", query={"fields": fields})


class Dashboard(_Resource):
    def activity(self, *, limit: Optional[int] = None, cursor: Optional[str] = None, fields: Optional[str] = None) -> t.EnvelopePageDto:
        """What happened in the workspace, newest first, as events; without what is one person's own or told by another event. Needs the permission `events:read`.

        - limit: How many at most, 1 to 200.
        - cursor: `nextCursor` of the page before.
        - fields: Only these fields of the answer, or of its items: `id,name,actor.type`. One that there is not is 400 `invalid_input`.
        """
        return self._transport.request("GET", "/api/dashboard/activity", query={"limit": limit, "cursor": cursor, "fields": fields})

    def iterate_activity(self, *, limit: Optional[int] = None, fields: Optional[str] = None) -> Iterator[t.EnvelopeDto]:
        """All items of `activity`, page after page."""
        return self._transport.pages("/api/dashboard/activity", query={"limit": limit, "fields": fields})

    def full(self, *, from_: Optional[str] = None, to: Optional[str] = None, fields: Optional[str] = None) -> t.DashboardAnalyticsDto:
        """A period day by day, with every number beside the period before; the last 30 days when none is named. Needs the permission `analytics:read`.

        - from_: First day, UTC, `YYYY-MM-DD`; a time counts as its day.
        - to: Last day, included.
        - fields: Only these fields of the answer, or of its items: `id,name,actor.type`. One that there is not is 400 `invalid_input`.
        """
        return self._transport.request("GET", "/api/dashboard/analytics/full", query={"from": from_, "to": to, "fields": fields})

    def numbers(self, *, fields: Optional[str] = None) -> t.NumberDefinitionsDto:
        """What each number counts, and the screen that lists what it counts. Needs the permission `analytics:read`.

        - fields: Only these fields of the answer, or of its items: `id,name,actor.type`. One that there is not is 400 `invalid_input`.
        """
        return self._transport.request("GET", "/api/dashboard/numbers", query={"fields": fields})

    def outreach(self, *, from_: Optional[str] = None, to: Optional[str] = None, fields: Optional[str] = None) -> t.OutreachAnalyticsDto:
        """What became of the messages of each channel, over all time or a period. Needs the permission `analytics:read`.

        - from_: First day, UTC, `YYYY-MM-DD`; a time counts as its day.
        - to: Last day, included.
        - fields: Only these fields of the answer, or of its items: `id,name,actor.type`. One that there is not is 400 `invalid_input`.
        """
        return self._transport.request("GET", "/api/dashboard/analytics/outreach", query={"from": from_, "to": to, "fields": fields})

    def rows(self, number: str, *, limit: Optional[int] = None, cursor: Optional[str] = None, from_: Optional[str] = None, to: Optional[str] = None, fields: Optional[str] = None) -> t.NumberRowsDto:
        """The rows behind a number, newest first, exactly as many as it says; of a rate, those it counts above the line. It also takes the permission to read what is listed; numbers are the workspace's, rows those that the caller may see. `from` and `to` are the days on which messages were sent; leads and conversations are listed as they stood at the end of `to`. Needs the permission `analytics:read`.

        - number: The name of the number; see GET /api/dashboard/numbers.
        - limit: How many at most, 1 to 200.
        - cursor: `nextCursor` of the page before.
        - from_: First day, UTC, `YYYY-MM-DD`; a time counts as its day.
        - to: Last day, included.
        - fields: Only these fields of the answer, or of its items: `id,name,actor.type`. One that there is not is 400 `invalid_input`.
        """
        return self._transport.request("GET", f"/api/dashboard/rows/{quote(number)}", query={"limit": limit, "cursor": cursor, "from": from_, "to": to, "fields": fields})

    def iterate_rows(self, number: str, *, limit: Optional[int] = None, from_: Optional[str] = None, to: Optional[str] = None, fields: Optional[str] = None) -> Iterator[t.NumberRowDto]:
        """All items of `rows`, page after page."""
        return self._transport.pages(f"/api/dashboard/rows/{quote(number)}", query={"limit": limit, "from": from_, "to": to, "fields": fields})

    def stats(self, *, fields: Optional[str] = None) -> t.DashboardStatsDto:
        """Every number over all time; what each counts stands in GET /api/dashboard/numbers. Needs the permission `analytics:read`.

        - fields: Only these fields of the answer, or of its items: `id,name,actor.type`. One that there is not is 400 `invalid_input`.
        """
        return self._transport.request("GET", "/api/dashboard/stats", query={"fields": fields})


class Deliveries(_Resource):
    def list(self, id: str, *, limit: Optional[int] = None, status: Optional[Literal["pending", "delivered", "failed", "cancelled"]] = None, event_type: Optional[str] = None, from_: Optional[str] = None, to: Optional[str] = None, cursor: Optional[str] = None, fields: Optional[str] = None) -> t.DeliveryPageDto:
        """Deliveries of an endpoint, the newest event first, with every attempt. 400 `invalid_cursor`. Needs the permission `webhooks:read`.

        - id: The id of the thing.
        - limit: How many at most, 1 to 200.
        - status: Only deliveries that stand like this.
        - event_type: Only deliveries of this type of event.
        - from_: Only deliveries begun at this time or later.
        - to: Only deliveries begun before this time.
        - cursor: `nextCursor` of the page before.
        - fields: Only these fields of the answer, or of its items: `id,name,actor.type`. One that there is not is 400 `invalid_input`.
        """
        return self._transport.request("GET", f"/api/webhooks/{quote(id)}/deliveries", query={"limit": limit, "status": status, "eventType": event_type, "from": from_, "to": to, "cursor": cursor, "fields": fields})

    def iterate_list(self, id: str, *, limit: Optional[int] = None, status: Optional[Literal["pending", "delivered", "failed", "cancelled"]] = None, event_type: Optional[str] = None, from_: Optional[str] = None, to: Optional[str] = None, fields: Optional[str] = None) -> Iterator[t.DeliveryDto]:
        """All items of `list`, page after page."""
        return self._transport.pages(f"/api/webhooks/{quote(id)}/deliveries", query={"limit": limit, "status": status, "eventType": event_type, "from": from_, "to": to, "fields": fields})

    def one(self, id: str, *, fields: Optional[str] = None) -> t.DeliveryDetailDto:
        """One delivery, every attempt, and the body that is sent, for who may see the event. Needs the permission `webhooks:read`.

        - id: The id of the thing.
        - fields: Only these fields of the answer, or of its items: `id,name,actor.type`. One that there is not is 400 `invalid_input`.
        """
        return self._transport.request("GET", f"/api/webhooks/deliveries/{quote(id)}", query={"fields": fields})

    def preview(self, id: str, body: t.ReplayDto, *, fields: Optional[str] = None, idempotency_key: Optional[str] = None) -> t.ReplayAnswerDto:
        """How many deliveries that replay would come to; nothing is sent. Needs the permission `webhooks:read`.

        - id: The id of the thing.
        - fields: Only these fields of the answer, or of its items: `id,name,actor.type`. One that there is not is 400 `invalid_input`.
        """
        return self._transport.request("POST", f"/api/webhooks/{quote(id)}/replay/preview", query={"fields": fields}, body=body, idempotency_key=idempotency_key, idempotent=True)

    def redeliver(self, id: str, *, fields: Optional[str] = None, idempotency_key: Optional[str] = None) -> t.DeliveryDto:
        """One more try at once, with the same id and bytes; it is not repeated by itself. One that waits for its next try is tried now. 409 `wrong_state` while the endpoint is switched off. Needs the permission `webhooks:write`.

        - id: The id of the thing.
        - fields: Only these fields of the answer, or of its items: `id,name,actor.type`. One that there is not is 400 `invalid_input`.
        """
        return self._transport.request("POST", f"/api/webhooks/deliveries/{quote(id)}/redeliver", query={"fields": fields}, idempotency_key=idempotency_key, idempotent=True)

    def replay(self, id: str, body: t.ReplayDto, *, fields: Optional[str] = None, idempotency_key: Optional[str] = None) -> t.ReplayAnswerDto:
        """Sends a stretch of the log to the endpoint again, also what it had not asked for at the time: what it asks for and its maker may see now; or only what did not arrive. 409 `wrong_state` while it is switched off. Needs the permission `webhooks:write`.

        - id: The id of the thing.
        - fields: Only these fields of the answer, or of its items: `id,name,actor.type`. One that there is not is 400 `invalid_input`.
        """
        return self._transport.request("POST", f"/api/webhooks/{quote(id)}/replay", query={"fields": fields}, body=body, idempotency_key=idempotency_key, idempotent=True)

    def test(self, id: str, *, fields: Optional[str] = None, idempotency_key: Optional[str] = None) -> t.WebhookTestDto:
        """Sends a test event now, whether the endpoint is switched on or off, and answers with what the receiver said. Needs the permission `webhooks:write`.

        - id: The id of the thing.
        - fields: Only these fields of the answer, or of its items: `id,name,actor.type`. One that there is not is 400 `invalid_input`.
        """
        return self._transport.request("POST", f"/api/webhooks/{quote(id)}/test", query={"fields": fields}, idempotency_key=idempotency_key, idempotent=True)


class Devices(_Resource):
    def end_of_member(self, id: str) -> None:
        """Signs a member out everywhere in this workspace. 403 `forbidden` for who may do more than the caller. Needs the permission `members:write`.

        - id: The id of the thing.
        """
        self._transport.request("DELETE", f"/api/members/{quote(id)}/sessions")


class Drafts(_Resource):
    def discard(self, lead_id: str, *, channel: Optional[Literal["email"]] = None, base_revision: Optional[float] = None) -> None:
        """Throws the draft away; no error when there is none. Needs the permission `drafts:write`.

        - lead_id: The id of a lead.
        - channel: `email` when absent.
        - base_revision: The revision that is thrown away; when it has moved on: 409 `stale_revision`.
        """
        self._transport.request("DELETE", f"/api/drafts/{quote(lead_id)}", query={"channel": channel, "baseRevision": base_revision})

    def draft(self, lead_id: str, *, channel: Optional[Literal["email"]] = None, fields: Optional[str] = None) -> t.DraftDto:
        """The draft of a lead on a channel; 204 when there is none. Needs the permission `drafts:read`.

        - lead_id: The id of a lead.
        - channel: `email` when absent.
        - fields: Only these fields of the answer, or of its items: `id,name,actor.type`. One that there is not is 400 `invalid_input`.
        """
        return self._transport.request("GET", f"/api/drafts/{quote(lead_id)}", query={"channel": channel, "fields": fields})

    def list(self, *, limit: Optional[int] = None, cursor: Optional[str] = None, fields: Optional[str] = None) -> t.DraftPageDto:
        """All drafts of the workspace. Needs the permission `drafts:read`.

        - limit: How many at most, 1 to 200.
        - cursor: `nextCursor` of the page before.
        - fields: Only these fields of the answer, or of its items: `id,name,actor.type`. One that there is not is 400 `invalid_input`.
        """
        return self._transport.request("GET", "/api/drafts", query={"limit": limit, "cursor": cursor, "fields": fields})

    def iterate_list(self, *, limit: Optional[int] = None, fields: Optional[str] = None) -> Iterator[t.DraftDto]:
        """All items of `list`, page after page."""
        return self._transport.pages("/api/drafts", query={"limit": limit, "fields": fields})

    def save(self, lead_id: str, body: t.SaveDraftDto, *, fields: Optional[str] = None, idempotency_key: Optional[str] = None) -> t.DraftDto:
        """Saves the whole draft; one without anything to read clears it. 409 `stale_revision` when it has moved on since `baseRevision`; `current` is the draft as it is. Needs the permission `drafts:write`.

        - lead_id: The id of a lead.
        - fields: Only these fields of the answer, or of its items: `id,name,actor.type`. One that there is not is 400 `invalid_input`.
        """
        return self._transport.request("POST", f"/api/drafts/{quote(lead_id)}", query={"fields": fields}, body=body, idempotency_key=idempotency_key, idempotent=True)


class EventTypes(_Resource):
    def list(self, *, fields: Optional[str] = None) -> t.CatalogueDto:
        """Every event type that endpoints can ask for, in words. Needs the permission `webhooks:read`.

        - fields: Only these fields of the answer, or of its items: `id,name,actor.type`. One that there is not is 400 `invalid_input`.
        """
        return self._transport.request("GET", "/api/webhook-bench/event-types", query={"fields": fields})

    def one(self, type: str, *, fields: Optional[str] = None) -> t.CatalogueDetailDto:
        """One event type with the schema of its data, and a sample: the newest of the workspace's own that one may see. Needs the permission `webhooks:read`.

        - type: Name of an event type.
        - fields: Only these fields of the answer, or of its items: `id,name,actor.type`. One that there is not is 400 `invalid_input`.
        """
        return self._transport.request("GET", f"/api/webhook-bench/event-types/{quote(type)}", query={"fields": fields})


class Events(_Resource):
    def page(self, *, limit: Optional[int] = None, after: Optional[float] = None, types: Optional[List[str]] = None, fields: Optional[str] = None) -> t.EventPageDto:
        """The workspace's log after a position, in order and without gaps: what the live stream sends, for those who poll. Go on with `after` = `lastSeq` until it no longer moves. Needs the permission `events:read`.

        - limit: How many at most, 1 to 200.
        - after: Events with a larger seq than this. Absent: no events, only the position to begin from.
        - types: Only these types, separated by commas.
        - fields: Only these fields of the answer, or of its items: `id,name,actor.type`. One that there is not is 400 `invalid_input`.
        """
        return self._transport.request("GET", "/api/events", query={"limit": limit, "after": after, "types": types, "fields": fields})


class Inbound(_Resource):
    def list(self, *, limit: Optional[int] = None, cursor: Optional[str] = None, state: Optional[Literal["duplicate", "pending", "unmatched", "unreadable", "reply", "automatic", "bounce"]] = None, fields: Optional[str] = None) -> t.InboundMailListDto:
        """Mail that came in, newest first: by default what no conversation was found for. Nothing of it is lost. Needs the permission `conversations:read`.

        - limit: How many at most, 1 to 200.
        - cursor: `nextCursor` of the page before.
        - state: Default: `unmatched`, those that no conversation was found for.
        - fields: Only these fields of the answer, or of its items: `id,name,actor.type`. One that there is not is 400 `invalid_input`.
        """
        return self._transport.request("GET", "/api/inbound-mails", query={"limit": limit, "cursor": cursor, "state": state, "fields": fields})

    def iterate_list(self, *, limit: Optional[int] = None, state: Optional[Literal["duplicate", "pending", "unmatched", "unreadable", "reply", "automatic", "bounce"]] = None, fields: Optional[str] = None) -> Iterator[t.InboundMailDto]:
        """All items of `list`, page after page."""
        return self._transport.pages("/api/inbound-mails", query={"limit": limit, "state": state, "fields": fields})


class Invitations(_Resource):
    def invite(self, body: t.InviteDto, *, fields: Optional[str] = None, idempotency_key: Optional[str] = None) -> t.InvitationDto:
        """Invites an address by mail, with a link that works for seven days; one that has an open invitation gets a new one in its place. 403 `forbidden` for a role that gives more than the caller has, or a team that is not the caller's to give; 403 `domain_not_allowed`, 409 `already_member`. Needs the permission `members:write`.

        - fields: Only these fields of the answer, or of its items: `id,name,actor.type`. One that there is not is 400 `invalid_input`.
        """
        return self._transport.request("POST", "/api/invitations", query={"fields": fields}, body=body, idempotency_key=idempotency_key, idempotent=True)

    def list(self, *, fields: Optional[str] = None) -> t.InvitationListDto:
        """The open invitations, and those that ended within the last month. Needs the permission `members:read`.

        - fields: Only these fields of the answer, or of its items: `id,name,actor.type`. One that there is not is 400 `invalid_input`.
        """
        return self._transport.request("GET", "/api/invitations", query={"fields": fields})

    def resend(self, id: str, *, fields: Optional[str] = None, idempotency_key: Optional[str] = None) -> t.InvitationDto:
        """Mails it once more, with a new link; the earlier one stops working, and it is the caller's invitation from then on. 409 `wrong_state` when it has ended. Needs the permission `members:write`.

        - id: The id of the thing.
        - fields: Only these fields of the answer, or of its items: `id,name,actor.type`. One that there is not is 400 `invalid_input`.
        """
        return self._transport.request("POST", f"/api/invitations/{quote(id)}/resend", query={"fields": fields}, idempotency_key=idempotency_key, idempotent=True)

    def revoke(self, id: str) -> None:
        """Takes it back. 409 `wrong_state` when it has ended. Needs the permission `members:write`.

        - id: The id of the thing.
        """
        self._transport.request("DELETE", f"/api/invitations/{quote(id)}")


class Leads(_Resource):
    def change(self, id: str, body: t.ChangeLeadDto, *, fields: Optional[str] = None, if_match: Optional[str] = None) -> t.LeadDto:
        """Changes the given fields and leaves the others. 409 `duplicate` when another lead has the e-mail address. Needs the permission `leads:write`.

        - id: The id of the thing.
        - fields: Only these fields of the answer, or of its items: `id,name,actor.type`. One that there is not is 400 `invalid_input`.
        """
        return self._transport.request("PATCH", f"/api/leads/{quote(id)}", query={"fields": fields}, body=body, if_match=if_match)

    def create(self, body: t.CreateLeadDto, *, fields: Optional[str] = None, idempotency_key: Optional[str] = None) -> t.LeadDto:
        """Makes a lead. 409 `duplicate` when another one has its e-mail address or id; `current` is that lead. Needs the permission `leads:write`.

        - fields: Only these fields of the answer, or of its items: `id,name,actor.type`. One that there is not is 400 `invalid_input`.
        """
        return self._transport.request("POST", "/api/leads", query={"fields": fields}, body=body, idempotency_key=idempotency_key, idempotent=True)

    def delete(self, id: str, *, if_match: Optional[str] = None) -> None:
        """Deletes a lead; it can be restored for 30 days. Needs the permission `leads:delete`.

        - id: The id of the thing.
        """
        self._transport.request("DELETE", f"/api/leads/{quote(id)}", if_match=if_match)

    def lead(self, id: str, *, fields: Optional[str] = None) -> t.LeadSnapshotDto:
        """One lead. Needs the permission `leads:read`.

        - id: The id of the thing.
        - fields: Only these fields of the answer, or of its items: `id,name,actor.type`. One that there is not is 400 `invalid_input`.
        """
        return self._transport.request("GET", f"/api/leads/{quote(id)}", query={"fields": fields})

    def list(self, *, limit: Optional[int] = None, sort: Optional[Literal["name", "-name", "company", "-company", "status", "-status", "createdAt", "-createdAt", "lastActivityAt", "-lastActivityAt"]] = None, q: Optional[str] = None, status: Optional[Literal["new", "contacted", "qualified", "converted", "lost"]] = None, tag: Optional[str] = None, owner_id: Optional[str] = None, cursor: Optional[str] = None, fields: Optional[str] = None) -> t.LeadPageDto:
        """Leads of the workspace, newest first unless `sort` says otherwise. 400 `invalid_cursor`. Needs the permission `leads:read`.

        - limit: How many at most, 1 to 200.
        - sort: A field, with a minus for descending. Leads without a value stand last either way.
        - q: Found literally in name, e-mail address, company and phone, whatever the case and accents.
        - status: Only those that stand so.
        - tag: Leads that have this tag, whatever the case.
        - owner_id: The user id of a member.
        - cursor: `nextCursor` of the page before.
        - fields: Only these fields of the answer, or of its items: `id,name,actor.type`. One that there is not is 400 `invalid_input`.
        """
        return self._transport.request("GET", "/api/leads", query={"limit": limit, "sort": sort, "q": q, "status": status, "tag": tag, "ownerId": owner_id, "cursor": cursor, "fields": fields})

    def iterate_list(self, *, limit: Optional[int] = None, sort: Optional[Literal["name", "-name", "company", "-company", "status", "-status", "createdAt", "-createdAt", "lastActivityAt", "-lastActivityAt"]] = None, q: Optional[str] = None, status: Optional[Literal["new", "contacted", "qualified", "converted", "lost"]] = None, tag: Optional[str] = None, owner_id: Optional[str] = None, fields: Optional[str] = None) -> Iterator[t.LeadDto]:
        """All items of `list`, page after page."""
        return self._transport.pages("/api/leads", query={"limit": limit, "sort": sort, "q": q, "status": status, "tag": tag, "ownerId": owner_id, "fields": fields})

    def restore(self, id: str, *, fields: Optional[str] = None, idempotency_key: Optional[str] = None) -> t.LeadDto:
        """Brings a deleted lead back. 409 `wrong_state` when it is not deleted, `duplicate` when its address is taken by now. Needs the permission `leads:delete`.

        - id: The id of the thing.
        - fields: Only these fields of the answer, or of its items: `id,name,actor.type`. One that there is not is 400 `invalid_input`.
        """
        return self._transport.request("POST", f"/api/leads/{quote(id)}/restore", query={"fields": fields}, idempotency_key=idempotency_key, idempotent=True)

    def timeline(self, id: str, *, limit: Optional[int] = None, cursor: Optional[str] = None, fields: Optional[str] = None) -> t.EnvelopePageDto:
        """The events about a lead that the caller may read, newest first. Needs the permission `leads:read`.

        - id: The id of the thing.
        - limit: How many at most, 1 to 200.
        - cursor: `nextCursor` of the page before.
        - fields: Only these fields of the answer, or of its items: `id,name,actor.type`. One that there is not is 400 `invalid_input`.
        """
        return self._transport.request("GET", f"/api/leads/{quote(id)}/timeline", query={"limit": limit, "cursor": cursor, "fields": fields})

    def iterate_timeline(self, id: str, *, limit: Optional[int] = None, fields: Optional[str] = None) -> Iterator[t.EnvelopeDto]:
        """All items of `timeline`, page after page."""
        return self._transport.pages(f"/api/leads/{quote(id)}/timeline", query={"limit": limit, "fields": fields})


class Mailbox(_Resource):
    def bounce(self, id: str, body: t.MailboxBounceDto, *, fields: Optional[str] = None, idempotency_key: Optional[str] = None) -> t.MailboxMailPageDto:
        """Sends it back as the recipient's mail server does. Needs the permission `mailbox:use`.

        - id: The id of the thing.
        - fields: Only these fields of the answer, or of its items: `id,name,actor.type`. One that there is not is 400 `invalid_input`.
        """
        return self._transport.request("POST", f"/api/mailbox/{quote(id)}/bounce", query={"fields": fields}, body=body, idempotency_key=idempotency_key, idempotent=True)

    def click(self, id: str, body: t.MailboxClickDto, *, fields: Optional[str] = None, idempotency_key: Optional[str] = None) -> t.MailboxClickedDto:
        """Follows one of its links as a browser does. Needs the permission `mailbox:use`.

        - id: The id of the thing.
        - fields: Only these fields of the answer, or of its items: `id,name,actor.type`. One that there is not is 400 `invalid_input`.
        """
        return self._transport.request("POST", f"/api/mailbox/{quote(id)}/click", query={"fields": fields}, body=body, idempotency_key=idempotency_key, idempotent=True)

    def list(self, *, limit: Optional[int] = None, cursor: Optional[str] = None, fields: Optional[str] = None) -> t.MailboxListDto:
        """The mails of the workspace that arrived, newest first; the newest 500 are kept. Needs the permission `mailbox:use`.

        - limit: How many at most, 1 to 200.
        - cursor: `nextCursor` of the page before.
        - fields: Only these fields of the answer, or of its items: `id,name,actor.type`. One that there is not is 400 `invalid_input`.
        """
        return self._transport.request("GET", "/api/mailbox", query={"limit": limit, "cursor": cursor, "fields": fields})

    def iterate_list(self, *, limit: Optional[int] = None, fields: Optional[str] = None) -> Iterator[t.MailboxMailDto]:
        """All items of `list`, page after page."""
        return self._transport.pages("/api/mailbox", query={"limit": limit, "fields": fields})

    def one(self, id: str, *, fields: Optional[str] = None) -> t.MailboxMailPageDto:
        """One mail. Looking at it here is no open. Needs the permission `mailbox:use`.

        - id: The id of the thing.
        - fields: Only these fields of the answer, or of its items: `id,name,actor.type`. One that there is not is 400 `invalid_input`.
        """
        return self._transport.request("GET", f"/api/mailbox/{quote(id)}", query={"fields": fields})

    def open(self, id: str, *, fields: Optional[str] = None, idempotency_key: Optional[str] = None) -> t.MailboxMailPageDto:
        """Opens it as a mail program does: its pixel is fetched over HTTP. Needs the permission `mailbox:use`.

        - id: The id of the thing.
        - fields: Only these fields of the answer, or of its items: `id,name,actor.type`. One that there is not is 400 `invalid_input`.
        """
        return self._transport.request("POST", f"/api/mailbox/{quote(id)}/open", query={"fields": fields}, idempotency_key=idempotency_key, idempotent=True)

    def reply(self, id: str, body: t.MailboxReplyDto, *, fields: Optional[str] = None, idempotency_key: Optional[str] = None) -> t.MailboxMailPageDto:
        """Answers it by mail; the answer comes back into the conversation. Needs the permission `mailbox:use`.

        - id: The id of the thing.
        - fields: Only these fields of the answer, or of its items: `id,name,actor.type`. One that there is not is 400 `invalid_input`.
        """
        return self._transport.request("POST", f"/api/mailbox/{quote(id)}/reply", query={"fields": fields}, body=body, idempotency_key=idempotency_key, idempotent=True)

    def scan(self, id: str, *, fields: Optional[str] = None, idempotency_key: Optional[str] = None) -> t.MailboxScannedDto:
        """Fetches everything in it within a second, as a mail security gateway does. Needs the permission `mailbox:use`.

        - id: The id of the thing.
        - fields: Only these fields of the answer, or of its items: `id,name,actor.type`. One that there is not is 400 `invalid_input`.
        """
        return self._transport.request("POST", f"/api/mailbox/{quote(id)}/scan", query={"fields": fields}, idempotency_key=idempotency_key, idempotent=True)


class Members(_Resource):
    def change(self, id: str, body: t.ChangeMemberDto, *, fields: Optional[str] = None) -> t.MemberDto:
        """Gives a member another role. 403 `forbidden` for who may do more than the caller, for a role that gives more than the caller has, and for owners unless the caller is one; 409 `last_owner`. Needs the permission `members:write`.

        - id: The id of the thing.
        - fields: Only these fields of the answer, or of its items: `id,name,actor.type`. One that there is not is 400 `invalid_input`.
        """
        return self._transport.request("PATCH", f"/api/members/{quote(id)}", query={"fields": fields}, body=body)

    def list(self, *, fields: Optional[str] = None) -> t.MemberListDto:
        """Everybody in the workspace, by name. Needs the permission `members:read`.

        - fields: Only these fields of the answer, or of its items: `id,name,actor.type`. One that there is not is 400 `invalid_input`.
        """
        return self._transport.request("GET", "/api/members", query={"fields": fields})

    def remove(self, id: str, *, reassign_to: Optional[str] = None) -> None:
        """Removes a member: their sessions end at once, and their leads and conversations go to `reassignTo`, or to nobody. 403 `forbidden`, 409 `last_owner`. Needs the permission `members:write`.

        - id: The id of the thing.
        - reassign_to: The user id of the member who takes over the leads and conversations; nobody when absent.
        """
        self._transport.request("DELETE", f"/api/members/{quote(id)}", query={"reassignTo": reassign_to})


class Messages(_Resource):
    def of_lead(self, lead_id: str, *, limit: Optional[int] = None, cursor: Optional[str] = None, sort: Optional[Literal["createdAt", "-createdAt"]] = None, fields: Optional[str] = None) -> t.MessageListDto:
        """A lead's messages on all channels. Needs the permission `messages:read`.

        - lead_id: The id of a lead.
        - limit: How many at most, 1 to 200.
        - cursor: `nextCursor` of the page before.
        - sort: `createdAt`: oldest first, `-createdAt`: newest first.
        - fields: Only these fields of the answer, or of its items: `id,name,actor.type`. One that there is not is 400 `invalid_input`.
        """
        return self._transport.request("GET", f"/api/leads/{quote(lead_id)}/messages", query={"limit": limit, "cursor": cursor, "sort": sort, "fields": fields})

    def iterate_of_lead(self, lead_id: str, *, limit: Optional[int] = None, sort: Optional[Literal["createdAt", "-createdAt"]] = None, fields: Optional[str] = None) -> Iterator[t.MessageDto]:
        """All items of `of_lead`, page after page."""
        return self._transport.pages(f"/api/leads/{quote(lead_id)}/messages", query={"limit": limit, "sort": sort, "fields": fields})

    def one(self, id: str, *, fields: Optional[str] = None) -> t.MessageDto:
        """One message. Needs the permission `messages:read`.

        - id: The id of the thing.
        - fields: Only these fields of the answer, or of its items: `id,name,actor.type`. One that there is not is 400 `invalid_input`.
        """
        return self._transport.request("GET", f"/api/messages/{quote(id)}", query={"fields": fields})

    def send(self, lead_id: str, body: t.SendMessageDto, *, fields: Optional[str] = None, idempotency_key: Optional[str] = None) -> t.MessageDto:
        """Sends a message to a lead, and clears the lead's draft on that channel. 409 `conversation_moved` when a colleague has sent since `afterMessageId`, with the newer messages in `current`; 409 `no_address`. Needs the permission `messages:send`.

        - lead_id: The id of a lead.
        - fields: Only these fields of the answer, or of its items: `id,name,actor.type`. One that there is not is 400 `invalid_input`.
        """
        return self._transport.request("POST", f"/api/leads/{quote(lead_id)}/messages", query={"fields": fields}, body=body, idempotency_key=idempotency_key, idempotent=True)

    def send_again(self, id: str, *, fields: Optional[str] = None, idempotency_key: Optional[str] = None) -> t.MessageDto:
        """Sends a message again that failed, or of which it is not known whether it left. 409 `wrong_state`. Needs the permission `messages:send`.

        - id: The id of the thing.
        - fields: Only these fields of the answer, or of its items: `id,name,actor.type`. One that there is not is 400 `invalid_input`.
        """
        return self._transport.request("POST", f"/api/messages/{quote(id)}/send-again", query={"fields": fields}, idempotency_key=idempotency_key, idempotent=True)

    def undo(self, id: str, *, fields: Optional[str] = None, idempotency_key: Optional[str] = None) -> t.MessageDto:
        """Takes back a message that has not left yet; its text becomes the draft again. 409 `undo_expired`. Needs the permission `messages:send`.

        - id: The id of the thing.
        - fields: Only these fields of the answer, or of its items: `id,name,actor.type`. One that there is not is 400 `invalid_input`.
        """
        return self._transport.request("POST", f"/api/messages/{quote(id)}/undo", query={"fields": fields}, idempotency_key=idempotency_key, idempotent=True)


class Outgoing(_Resource):
    def read(self, *, fields: Optional[str] = None) -> t.OutgoingDto:
        """Whether webhooks and messages leave the workspace. After a restore from a backup they wait, so that nothing is sent twice, until somebody has said what becomes of what waited in it. Needs the permission `workspace:read`.

        - fields: Only these fields of the answer, or of its items: `id,name,actor.type`. One that there is not is 400 `invalid_input`.
        """
        return self._transport.request("GET", "/api/workspace/outgoing", query={"fields": fields})

    def resume(self, body: t.ResumeOutgoingDto, *, fields: Optional[str] = None, idempotency_key: Optional[str] = None) -> t.OutgoingDto:
        """Lets webhooks and messages leave again, and says what becomes of what waited in the backup; what came since the restore is sent in any case. 409 `wrong_state` when nothing is paused. Needs the permission `workspace:write`.

        - fields: Only these fields of the answer, or of its items: `id,name,actor.type`. One that there is not is 400 `invalid_input`.
        """
        return self._transport.request("POST", "/api/workspace/outgoing/resume", query={"fields": fields}, body=body, idempotency_key=idempotency_key, idempotent=True)


class Policies(_Resource):
    def read(self, *, fields: Optional[str] = None) -> t.WorkspacePoliciesDto:
        """What the workspace asks of everybody who uses it. Needs the permission `policies:read`.

        - fields: Only these fields of the answer, or of its items: `id,name,actor.type`. One that there is not is 400 `invalid_input`.
        """
        return self._transport.request("GET", "/api/workspace/policies", query={"fields": fields})


class Privacy(_Resource):
    def file(self, id: str, *, format: Optional[Literal["json", "html"]] = None) -> None:
        """Everything about the lead, for who asked for it, for seven days. Fetching it leaves an entry in the audit log. Needs the permission `privacy:write`.

        - id: The id of the thing.
        - format: `json` for programs, `html` to read it.
        """
        self._transport.request("GET", f"/api/privacy/requests/{quote(id)}/file", query={"format": format})

    def list(self, *, fields: Optional[str] = None) -> t.PrivacyRequestListDto:
        """Data subjects' requests, the newest first. Needs the permission `privacy:write`.

        - fields: Only these fields of the answer, or of its items: `id,name,actor.type`. One that there is not is 400 `invalid_input`.
        """
        return self._transport.request("GET", "/api/privacy/requests", query={"fields": fields})

    def one(self, id: str, *, fields: Optional[str] = None) -> t.PrivacyRequestDto:
        """One request, and how far it has come. Needs the permission `privacy:write`.

        - id: The id of the thing.
        - fields: Only these fields of the answer, or of its items: `id,name,actor.type`. One that there is not is 400 `invalid_input`.
        """
        return self._transport.request("GET", f"/api/privacy/requests/{quote(id)}", query={"fields": fields})

    def receipt(self, id: str) -> None:
        """What was done, signed, as a file; it names nobody. `threadline-audit verify-receipt` checks it. 404 until it is done. Needs the permission `privacy:write`.

        - id: The id of the thing.
        """
        self._transport.request("GET", f"/api/privacy/requests/{quote(id)}/receipt")


class ProviderConnections(_Resource):
    def change(self, id: str, body: t.ProviderConnectionChangeDto, *, fields: Optional[str] = None) -> t.ProviderConnectionDto:
        """Changes the given fields and leaves the others. The address stays. Needs the permission `webhooks:write`.

        - id: Of the connection.
        - fields: Only these fields of the answer, or of its items: `id,name,actor.type`. One that there is not is 400 `invalid_input`.
        """
        return self._transport.request("PATCH", f"/api/provider-connections/{quote(id)}", query={"fields": fields}, body=body)

    def create(self, body: t.NewProviderConnectionDto, *, fields: Optional[str] = None, idempotency_key: Optional[str] = None) -> t.ProviderConnectionDto:
        """Adds an account, with an address of its own. 400 `invalid_input` names the setting that is missing or wrong. Needs the permission `webhooks:write`.

        - fields: Only these fields of the answer, or of its items: `id,name,actor.type`. One that there is not is 400 `invalid_input`.
        """
        return self._transport.request("POST", "/api/provider-connections", query={"fields": fields}, body=body, idempotency_key=idempotency_key, idempotent=True)

    def delete(self, id: str) -> None:
        """Removes an account with all that it told; calls to its address are answered with 404 from then on. Needs the permission `webhooks:write`.

        - id: Of the connection.
        """
        self._transport.request("DELETE", f"/api/provider-connections/{quote(id)}")

    def events(self, id: str, *, limit: Optional[int] = None, cursor: Optional[str] = None, state: Optional[Literal["pending", "failed", "applied", "noted", "outdated", "unmatched", "unreadable"]] = None, fields: Optional[str] = None) -> t.ProviderEventListDto:
        """What the provider told in the last 30 days, the newest first, and what became of it. Needs the permission `webhooks:read`.

        - id: Of the connection.
        - limit: How many at most, 1 to 200.
        - cursor: `nextCursor` of the page before.
        - state: Only those that came to this.
        - fields: Only these fields of the answer, or of its items: `id,name,actor.type`. One that there is not is 400 `invalid_input`.
        """
        return self._transport.request("GET", f"/api/provider-connections/{quote(id)}/events", query={"limit": limit, "cursor": cursor, "state": state, "fields": fields})

    def iterate_events(self, id: str, *, limit: Optional[int] = None, state: Optional[Literal["pending", "failed", "applied", "noted", "outdated", "unmatched", "unreadable"]] = None, fields: Optional[str] = None) -> Iterator[t.ProviderEventDto]:
        """All items of `events`, page after page."""
        return self._transport.pages(f"/api/provider-connections/{quote(id)}/events", query={"limit": limit, "state": state, "fields": fields})

    def list(self, *, fields: Optional[str] = None) -> t.ProviderConnectionListDto:
        """The accounts of providers that may call us, the newest first, each with the address to paste there. Needs the permission `webhooks:read`.

        - fields: Only these fields of the answer, or of its items: `id,name,actor.type`. One that there is not is 400 `invalid_input`.
        """
        return self._transport.request("GET", "/api/provider-connections", query={"fields": fields})


class Providers(_Resource):
    def list(self, *, fields: Optional[str] = None) -> t.ProviderListDto:
        """The workspace's identity providers; a client secret is never in an answer. Needs the permission `sso:read`.

        - fields: Only these fields of the answer, or of its items: `id,name,actor.type`. One that there is not is 400 `invalid_input`.
        """
        return self._transport.request("GET", "/api/sso/providers", query={"fields": fields})

    def test(self, id: str, *, fields: Optional[str] = None, idempotency_key: Optional[str] = None) -> t.ProviderTestDto:
        """Looks at the provider now and says in words what is right and what is not. 400 `address_not_allowed`. Needs the permission `sso:write`.

        - id: The id of the thing.
        - fields: Only these fields of the answer, or of its items: `id,name,actor.type`. One that there is not is 400 `invalid_input`.
        """
        return self._transport.request("POST", f"/api/sso/providers/{quote(id)}/test", query={"fields": fields}, idempotency_key=idempotency_key, idempotent=True)


class Realtime(_Resource):
    def metrics(self, *, fields: Optional[str] = None) -> t.RealtimeMetricsDto:
        """How much the live stream of this node carries for the caller's workspace. Needs the permission `events:read`.

        - fields: Only these fields of the answer, or of its items: `id,name,actor.type`. One that there is not is 400 `invalid_input`.
        """
        return self._transport.request("GET", "/api/realtime/metrics", query={"fields": fields})


class RestHooks(_Resource):
    def sample(self, *, event_type: str, fields: Optional[str] = None) -> List[t.EnvelopeDto]:
        """The workspace's own last events of a type, three at most and the newest first, in the shape in which they are posted; a made-up one where there is none yet. Needs the permission `webhooks:read`.

        - event_type: The event type to see samples of.
        - fields: Only these fields of the answer, or of its items: `id,name,actor.type`. One that there is not is 400 `invalid_input`.
        """
        return self._transport.request("GET", "/api/hooks/rest/sample", query={"eventType": event_type, "fields": fields})

    def subscribe(self, body: t.SubscribeDto, *, fields: Optional[str] = None, idempotency_key: Optional[str] = None) -> t.SubscriptionDto:
        """Subscribes an address to one event type: every such event from now on is posted there as its envelope. It counts among the workspace's webhooks, and is seen there. 400 `address_not_allowed`; 409 `quota_reached`. Needs the permission `webhooks:write`.

        - fields: Only these fields of the answer, or of its items: `id,name,actor.type`. One that there is not is 400 `invalid_input`.
        """
        return self._transport.request("POST", "/api/hooks/rest", query={"fields": fields}, body=body, idempotency_key=idempotency_key, idempotent=True)

    def unsubscribe(self, id: str) -> None:
        """Ends a subscription. So does the receiver's answer 410 to an event. 404 for what is none. Needs the permission `webhooks:write`.

        - id: Of the subscription.
        """
        self._transport.request("DELETE", f"/api/hooks/rest/{quote(id)}")


class Retention(_Resource):
    def cut_list(self, *, fields: Optional[str] = None) -> t.CutListDto:
        """Where the log was cut, the newest first: signed records that what remains is verified from. Needs the permission `audit:read`.

        - fields: Only these fields of the answer, or of its items: `id,name,actor.type`. One that there is not is 400 `invalid_input`.
        """
        return self._transport.request("GET", "/api/audit/cuts", query={"fields": fields})

    def find(self, *, fields: Optional[str] = None) -> t.AuditRetentionDto:
        """How long the audit log is kept. Needs the permission `audit:read`.

        - fields: Only these fields of the answer, or of its items: `id,name,actor.type`. One that there is not is 400 `invalid_input`.
        """
        return self._transport.request("GET", "/api/audit/retention", query={"fields": fields})

    def hold_list(self, *, fields: Optional[str] = None) -> t.LegalHoldListDto:
        """Legal holds: those that hold now first. Needs the permission `audit:read`.

        - fields: Only these fields of the answer, or of its items: `id,name,actor.type`. One that there is not is 400 `invalid_input`.
        """
        return self._transport.request("GET", "/api/audit/holds", query={"fields": fields})

    def preview(self, *, months: float, fields: Optional[str] = None) -> t.RetentionPreviewDto:
        """What keeping the log for so many months would take out of it now. Changes nothing. Needs the permission `audit:read`.

        - months: For how many months.
        - fields: Only these fields of the answer, or of its items: `id,name,actor.type`. One that there is not is 400 `invalid_input`.
        """
        return self._transport.request("GET", "/api/audit/retention/preview", query={"months": months, "fields": fields})


class Roles(_Resource):
    def change(self, id: str, body: t.ChangeRoleDto, *, fields: Optional[str] = None) -> t.RoleDto:
        """Changes the given fields and leaves the others, for everybody who has it at once. 409 `built_in_role`, `duplicate`. Needs the permission `roles:write`.

        - id: The id of the thing.
        - fields: Only these fields of the answer, or of its items: `id,name,actor.type`. One that there is not is 400 `invalid_input`.
        """
        return self._transport.request("PATCH", f"/api/roles/{quote(id)}", query={"fields": fields}, body=body)

    def create(self, body: t.CreateRoleDto, *, fields: Optional[str] = None, idempotency_key: Optional[str] = None) -> t.RoleDto:
        """Makes a role. 403 `forbidden` when it gives what the caller does not have; 409 `duplicate` when another role has its name. Needs the permission `roles:write`.

        - fields: Only these fields of the answer, or of its items: `id,name,actor.type`. One that there is not is 400 `invalid_input`.
        """
        return self._transport.request("POST", "/api/roles", query={"fields": fields}, body=body, idempotency_key=idempotency_key, idempotent=True)

    def delete(self, id: str) -> None:
        """Deletes a role that nobody has. 409 `built_in_role`, `role_in_use`. Needs the permission `roles:write`.

        - id: The id of the thing.
        """
        self._transport.request("DELETE", f"/api/roles/{quote(id)}")

    def list(self, *, fields: Optional[str] = None) -> t.RoleListDto:
        """Every role, the built-in ones first, with how many have it. Needs the permission `members:read`.

        - fields: Only these fields of the answer, or of its items: `id,name,actor.type`. One that there is not is 400 `invalid_input`.
        """
        return self._transport.request("GET", "/api/roles", query={"fields": fields})


class ScimTokens(_Resource):
    def list(self, *, fields: Optional[str] = None) -> t.ScimTokenListDto:
        """The tokens that directories provision with, and the address they are given. Needs the permission `sso:read`.

        - fields: Only these fields of the answer, or of its items: `id,name,actor.type`. One that there is not is 400 `invalid_input`.
        """
        return self._transport.request("GET", "/api/scim/tokens", query={"fields": fields})


class Suppressions(_Resource):
    def lift(self, id: str, body: t.LiftSuppressionDto, *, fields: Optional[str] = None, idempotency_key: Optional[str] = None) -> t.LeadSuppressionDto:
        """Lets mail go to the lead's address again, and says why. 409 `wrong_state` when nothing is suppressed, or when its owner asked to be forgotten, which nobody can lift. Needs the permission `privacy:write`.

        - id: The id of the thing.
        - fields: Only these fields of the answer, or of its items: `id,name,actor.type`. One that there is not is 400 `invalid_input`.
        """
        return self._transport.request("POST", f"/api/leads/{quote(id)}/suppression/lift", query={"fields": fields}, body=body, idempotency_key=idempotency_key, idempotent=True)

    def read(self, id: str, *, fields: Optional[str] = None) -> t.LeadSuppressionDto:
        """Whether anything may be sent to the lead's address, and if not, why. Needs the permission `leads:read`.

        - id: The id of the thing.
        - fields: Only these fields of the answer, or of its items: `id,name,actor.type`. One that there is not is 400 `invalid_input`.
        """
        return self._transport.request("GET", f"/api/leads/{quote(id)}/suppression", query={"fields": fields})


class Teams(_Resource):
    def change(self, id: str, body: t.ChangeTeamDto, *, fields: Optional[str] = None) -> t.TeamDto:
        """Changes the given fields and leaves the others. 409 `duplicate` when another team has the name. Needs the permission `teams:write`.

        - id: The id of the thing.
        - fields: Only these fields of the answer, or of its items: `id,name,actor.type`. One that there is not is 400 `invalid_input`.
        """
        return self._transport.request("PATCH", f"/api/teams/{quote(id)}", query={"fields": fields}, body=body)

    def create(self, body: t.CreateTeamDto, *, fields: Optional[str] = None, idempotency_key: Optional[str] = None) -> t.TeamDto:
        """Makes a team. 409 `duplicate` when another one has its name. Needs the permission `teams:write`.

        - fields: Only these fields of the answer, or of its items: `id,name,actor.type`. One that there is not is 400 `invalid_input`.
        """
        return self._transport.request("POST", "/api/teams", query={"fields": fields}, body=body, idempotency_key=idempotency_key, idempotent=True)

    def delete(self, id: str) -> None:
        """Deletes a team; its members stay in the workspace. 409 `conflict` while something is still assigned to it. Needs the permission `teams:write`.

        - id: The id of the thing.
        """
        self._transport.request("DELETE", f"/api/teams/{quote(id)}")

    def list(self, *, fields: Optional[str] = None) -> t.TeamListDto:
        """Every team, by name. Needs the permission `members:read`.

        - fields: Only these fields of the answer, or of its items: `id,name,actor.type`. One that there is not is 400 `invalid_input`.
        """
        return self._transport.request("GET", "/api/teams", query={"fields": fields})


class TestReceivers(_Resource):
    def change(self, id: str, body: t.ChangeReceiverDto, *, fields: Optional[str] = None) -> t.ReceiverDto:
        """Tells a receiver how to answer from now on. Needs the permission `webhooks:write`.

        - id: The id of the thing.
        - fields: Only these fields of the answer, or of its items: `id,name,actor.type`. One that there is not is 400 `invalid_input`.
        """
        return self._transport.request("PATCH", f"/api/webhook-bench/receivers/{quote(id)}", query={"fields": fields}, body=body)

    def clear(self, id: str) -> None:
        """Throws away what came to a receiver so far. Needs the permission `webhooks:write`.

        - id: The id of the thing.
        """
        self._transport.request("DELETE", f"/api/webhook-bench/receivers/{quote(id)}/receptions")

    def create(self, *, fields: Optional[str] = None, idempotency_key: Optional[str] = None) -> t.ReceiverDto:
        """A new receiver; it answers 200. 409 `quota_reached` for the eleventh. Needs the permission `webhooks:write`.

        - fields: Only these fields of the answer, or of its items: `id,name,actor.type`. One that there is not is 400 `invalid_input`.
        """
        return self._transport.request("POST", "/api/webhook-bench/receivers", query={"fields": fields}, idempotency_key=idempotency_key, idempotent=True)

    def delete(self, id: str) -> None:
        """Takes a receiver away, with what came to it. Needs the permission `webhooks:write`.

        - id: The id of the thing.
        """
        self._transport.request("DELETE", f"/api/webhook-bench/receivers/{quote(id)}")

    def list(self, *, fields: Optional[str] = None) -> t.ReceiverListDto:
        """All receivers of the workspace, the newest first. Needs the permission `webhooks:write`.

        - fields: Only these fields of the answer, or of its items: `id,name,actor.type`. One that there is not is 400 `invalid_input`.
        """
        return self._transport.request("GET", "/api/webhook-bench/receivers", query={"fields": fields})

    def reception(self, id: str, *, fields: Optional[str] = None) -> t.ReceptionDetailDto:
        """One request with its headers and its body, byte for byte. Needs the permission `webhooks:write`.

        - id: The id of the thing.
        - fields: Only these fields of the answer, or of its items: `id,name,actor.type`. One that there is not is 400 `invalid_input`.
        """
        return self._transport.request("GET", f"/api/webhook-bench/receptions/{quote(id)}", query={"fields": fields})

    def receptions(self, id: str, *, fields: Optional[str] = None) -> t.ReceptionListDto:
        """What came to a receiver, the newest first: 100 at most, of the last 24 hours. Needs the permission `webhooks:write`.

        - id: The id of the thing.
        - fields: Only these fields of the answer, or of its items: `id,name,actor.type`. One that there is not is 400 `invalid_input`.
        """
        return self._transport.request("GET", f"/api/webhook-bench/receivers/{quote(id)}/receptions", query={"fields": fields})


class Tracking(_Resource):
    def of_message(self, id: str, *, limit: Optional[int] = None, cursor: Optional[str] = None, fields: Optional[str] = None) -> t.HitPageDto:
        """Every hit of a message, oldest first, with its verdict, the rule that decided and what it was judged by. Needs the permission `tracking:read`.

        - id: The id of the thing.
        - limit: How many at most, 1 to 200.
        - cursor: `nextCursor` of the page before.
        - fields: Only these fields of the answer, or of its items: `id,name,actor.type`. One that there is not is 400 `invalid_input`.
        """
        return self._transport.request("GET", f"/api/messages/{quote(id)}/tracking", query={"limit": limit, "cursor": cursor, "fields": fields})

    def iterate_of_message(self, id: str, *, limit: Optional[int] = None, fields: Optional[str] = None) -> Iterator[t.HitDto]:
        """All items of `of_message`, page after page."""
        return self._transport.pages(f"/api/messages/{quote(id)}/tracking", query={"limit": limit, "fields": fields})


class Webhooks(_Resource):
    def address_check(self, body: t.CheckAddressDto, *, fields: Optional[str] = None, idempotency_key: Optional[str] = None) -> t.AddressCheckDto:
        """Whether deliveries may go to an address, and if asked, whether something answers there. Nothing is saved. Needs the permission `webhooks:write`.

        - fields: Only these fields of the answer, or of its items: `id,name,actor.type`. One that there is not is 400 `invalid_input`.
        """
        return self._transport.request("POST", "/api/webhook-bench/check-address", query={"fields": fields}, body=body, idempotency_key=idempotency_key, idempotent=True)

    def change(self, id: str, body: t.ChangeWebhookDto, *, fields: Optional[str] = None) -> t.WebhookDto:
        """Changes the given settings and leaves the others. Who changes the address, types or filters, or switches it on, becomes its maker. Switched off, what waits is cancelled. 400 `address_not_allowed`. Needs the permission `webhooks:write`.

        - id: The id of the thing.
        - fields: Only these fields of the answer, or of its items: `id,name,actor.type`. One that there is not is 400 `invalid_input`.
        """
        return self._transport.request("PATCH", f"/api/webhooks/{quote(id)}", query={"fields": fields}, body=body)

    def create(self, body: t.CreateWebhookDto, *, fields: Optional[str] = None, idempotency_key: Optional[str] = None) -> t.NewWebhookDto:
        """A new endpoint, with the secret that its messages are signed with, shown in this answer alone. It gets events from now on, with the rights that its maker has at the time of each. 400 `address_not_allowed` for an address that may not be reached; 409 `quota_reached` for the 51st endpoint. Needs the permission `webhooks:write`.

        - fields: Only these fields of the answer, or of its items: `id,name,actor.type`. One that there is not is 400 `invalid_input`.
        """
        return self._transport.request("POST", "/api/webhooks", query={"fields": fields}, body=body, idempotency_key=idempotency_key, idempotent=True)

    def delete(self, id: str) -> None:
        """Takes an endpoint out, with the history of its deliveries. Needs the permission `webhooks:write`.

        - id: The id of the thing.
        """
        self._transport.request("DELETE", f"/api/webhooks/{quote(id)}")

    def figures_list(self, *, fields: Optional[str] = None) -> t.FiguresListDto:
        """How every endpoint did in the last 24 hours, hour by hour. Needs the permission `webhooks:read`.

        - fields: Only these fields of the answer, or of its items: `id,name,actor.type`. One that there is not is 400 `invalid_input`.
        """
        return self._transport.request("GET", "/api/webhook-bench/figures", query={"fields": fields})

    def figures_one(self, id: str, *, hours: Optional[float] = None, fields: Optional[str] = None) -> t.WebhookFiguresDto:
        """How one endpoint did in the last hours, a week at most. Needs the permission `webhooks:read`.

        - id: The id of the thing.
        - hours: How many hours back, this one included: 1 to 168; 24 when left out.
        - fields: Only these fields of the answer, or of its items: `id,name,actor.type`. One that there is not is 400 `invalid_input`.
        """
        return self._transport.request("GET", f"/api/webhook-bench/figures/{quote(id)}", query={"hours": hours, "fields": fields})

    def list(self, *, fields: Optional[str] = None) -> t.WebhookListDto:
        """All endpoints of the workspace, the newest first. Needs the permission `webhooks:read`.

        - fields: Only these fields of the answer, or of its items: `id,name,actor.type`. One that there is not is 400 `invalid_input`.
        """
        return self._transport.request("GET", "/api/webhooks", query={"fields": fields})

    def one(self, id: str, *, fields: Optional[str] = None) -> t.WebhookSnapshotDto:
        """One endpoint, and what waits for it. Needs the permission `webhooks:read`.

        - id: The id of the thing.
        - fields: Only these fields of the answer, or of its items: `id,name,actor.type`. One that there is not is 400 `invalid_input`.
        """
        return self._transport.request("GET", f"/api/webhooks/{quote(id)}", query={"fields": fields})

    def rotate(self, id: str, *, fields: Optional[str] = None, idempotency_key: Optional[str] = None) -> t.RotatedSecretDto:
        """A new secret, shown in this answer alone. The one before it signs too for 24 hours. 409 `quota_reached` while ten replaced ones still sign. Needs the permission `webhooks:write`.

        - id: The id of the thing.
        - fields: Only these fields of the answer, or of its items: `id,name,actor.type`. One that there is not is 400 `invalid_input`.
        """
        return self._transport.request("POST", f"/api/webhooks/{quote(id)}/rotate-secret", query={"fields": fields}, idempotency_key=idempotency_key, idempotent=True)


class Workspace(_Resource):
    def change(self, body: t.WorkspaceChangeDto, *, fields: Optional[str] = None) -> t.WorkspaceDto:
        """Changes the workspace's name. Needs the permission `workspace:write`.

        - fields: Only these fields of the answer, or of its items: `id,name,actor.type`. One that there is not is 400 `invalid_input`.
        """
        return self._transport.request("PATCH", "/api/workspace", query={"fields": fields}, body=body)

    def save_user_settings(self, body: t.UserSettingsDto, *, fields: Optional[str] = None) -> t.UserSettingsDto:
        """Replaces the caller's own settings. Needs the permission `settings:write`.

        - fields: Only these fields of the answer, or of its items: `id,name,actor.type`. One that there is not is 400 `invalid_input`.
        """
        return self._transport.request("PUT", "/api/user/settings", query={"fields": fields}, body=body)

    def workspace(self, *, fields: Optional[str] = None) -> t.WorkspaceDto:
        """The workspace of the caller. Needs the permission `workspace:read`.

        - fields: Only these fields of the answer, or of its items: `id,name,actor.type`. One that there is not is 400 `invalid_input`.
        """
        return self._transport.request("GET", "/api/workspace", query={"fields": fields})


class Resources:
    """Everything that can be called, by what it is about."""

    api_keys: ApiKeys
    audit: Audit
    audit_exports: AuditExports
    audit_schedules: AuditSchedules
    audit_streams: AuditStreams
    audit_views: AuditViews
    batch: Batch
    checkpoint_delivery: CheckpointDelivery
    conversations: Conversations
    dashboard: Dashboard
    deliveries: Deliveries
    devices: Devices
    drafts: Drafts
    event_types: EventTypes
    events: Events
    inbound: Inbound
    invitations: Invitations
    leads: Leads
    mailbox: Mailbox
    members: Members
    messages: Messages
    outgoing: Outgoing
    policies: Policies
    privacy: Privacy
    provider_connections: ProviderConnections
    providers: Providers
    realtime: Realtime
    rest_hooks: RestHooks
    retention: Retention
    roles: Roles
    scim_tokens: ScimTokens
    suppressions: Suppressions
    teams: Teams
    test_receivers: TestReceivers
    tracking: Tracking
    webhooks: Webhooks
    workspace: Workspace

    def __init__(self, transport: Transport) -> None:
        self.api_keys = ApiKeys(transport)
        self.audit = Audit(transport)
        self.audit_exports = AuditExports(transport)
        self.audit_schedules = AuditSchedules(transport)
        self.audit_streams = AuditStreams(transport)
        self.audit_views = AuditViews(transport)
        self.batch = Batch(transport)
        self.checkpoint_delivery = CheckpointDelivery(transport)
        self.conversations = Conversations(transport)
        self.dashboard = Dashboard(transport)
        self.deliveries = Deliveries(transport)
        self.devices = Devices(transport)
        self.drafts = Drafts(transport)
        self.event_types = EventTypes(transport)
        self.events = Events(transport)
        self.inbound = Inbound(transport)
        self.invitations = Invitations(transport)
        self.leads = Leads(transport)
        self.mailbox = Mailbox(transport)
        self.members = Members(transport)
        self.messages = Messages(transport)
        self.outgoing = Outgoing(transport)
        self.policies = Policies(transport)
        self.privacy = Privacy(transport)
        self.provider_connections = ProviderConnections(transport)
        self.providers = Providers(transport)
        self.realtime = Realtime(transport)
        self.rest_hooks = RestHooks(transport)
        self.retention = Retention(transport)
        self.roles = Roles(transport)
        self.scim_tokens = ScimTokens(transport)
        self.suppressions = Suppressions(transport)
        self.teams = Teams(transport)
        self.test_receivers = TestReceivers(transport)
        self.tracking = Tracking(transport)
        self.webhooks = Webhooks(transport)
        self.workspace = Workspace(transport)
