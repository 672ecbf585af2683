# Written by tools/build/python-sdk.mjs from the API's description; do not edit.
from __future__ import annotations

from typing import Any, Dict, List, Literal, Optional, TypedDict, Union

__all__ = [
    "ActionCountDto",
    "AddressCheckDto",
    "ApiKeyDto",
    "ApiKeyListDto",
    "ApiKeyMakerDto",
    "AuditActorDto",
    "AuditChangeDto",
    "AuditCredentialDto",
    "AuditEntryDto",
    "AuditExportDto",
    "AuditExportFiltersDto",
    "AuditExportListDto",
    "AuditExportTaskDto",
    "AuditFindingDto",
    "AuditMakerDto",
    "AuditPageDto",
    "AuditRetentionDto",
    "AuditScheduleChangeDto",
    "AuditScheduleDto",
    "AuditScheduleListDto",
    "AuditScheduleSlotDto",
    "AuditStreamDto",
    "AuditStreamListDto",
    "AuditStreamTestDto",
    "AuditVerificationDto",
    "AuditViewChangeDto",
    "AuditViewDto",
    "AuditViewFiltersDto",
    "AuditViewListDto",
    "AuditViewOwnerDto",
    "BatchAnswerDto",
    "BatchAnswersDto",
    "BatchDto",
    "BatchRequestDto",
    "CatalogueDetailDto",
    "CatalogueDto",
    "CatalogueEntryDto",
    "ChangeLeadDto",
    "ChangeMemberDto",
    "ChangeReceiverDto",
    "ChangeRoleDto",
    "ChangeTeamDto",
    "ChangeWebhookDto",
    "ChannelOutreachDto",
    "CheckAddressDto",
    "CheckpointDeliveryDto",
    "CheckpointDeliveryInputDto",
    "CheckpointDto",
    "CheckpointListDto",
    "CheckpointSentDto",
    "ConnectionPoolStatsDto",
    "ConsistencyProofDto",
    "ConversationChangeDto",
    "ConversationDto",
    "ConversationListDto",
    "ConversationSnapshotDto",
    "CreateLeadDto",
    "CreateRoleDto",
    "CreateTeamDto",
    "CreateWebhookDto",
    "CutDto",
    "CutListDto",
    "DashboardAnalyticsDto",
    "DashboardStatsDto",
    "DeliveryAttemptDto",
    "DeliveryDetailDto",
    "DeliveryDto",
    "DeliveryPageDto",
    "DraftDto",
    "DraftPageDto",
    "EntryEndDto",
    "EnvelopeDto",
    "EnvelopePageDto",
    "EventActorDto",
    "EventDto",
    "EventPageDto",
    "EventSubjectDto",
    "FiguresListDto",
    "GroupRoleDto",
    "HitDto",
    "HitEvidenceDto",
    "HitPageDto",
    "HitsByVerdictDto",
    "InboundMailDto",
    "InboundMailListDto",
    "InboundSenderDto",
    "InclusionProofDto",
    "InvitationDto",
    "InvitationListDto",
    "InviteDto",
    "InviterDto",
    "LeadDto",
    "LeadPageDto",
    "LeadSnapshotDto",
    "LeadSuppressionDto",
    "LegalHoldDto",
    "LegalHoldListDto",
    "LiftSuppressionDto",
    "MailboxBounceDto",
    "MailboxClickDto",
    "MailboxClickedDto",
    "MailboxHeaderDto",
    "MailboxLinkDto",
    "MailboxListDto",
    "MailboxMailDto",
    "MailboxMailPageDto",
    "MailboxPersonDto",
    "MailboxReplyDto",
    "MailboxScannedDto",
    "MemberDto",
    "MemberListDto",
    "MessageDto",
    "MessageListDto",
    "NewAuditExportDto",
    "NewAuditScheduleDto",
    "NewAuditViewDto",
    "NewProviderConnectionDto",
    "NewWebhookDto",
    "NotificationSettingsDto",
    "NumberDefinitionDto",
    "NumberDefinitionsDto",
    "NumberOfPeriodDto",
    "NumberRowDto",
    "NumberRowsDto",
    "OutgoingDto",
    "OutgoingPauseDto",
    "OutreachAnalyticsDto",
    "PrivacyRequestDto",
    "PrivacyRequestListDto",
    "ProviderConnectionChangeDto",
    "ProviderConnectionDto",
    "ProviderConnectionListDto",
    "ProviderCountsDto",
    "ProviderDto",
    "ProviderEventDto",
    "ProviderEventListDto",
    "ProviderListDto",
    "ProviderSettingsDto",
    "ProviderSettingsInputDto",
    "ProviderTestDto",
    "RealtimeMetricsDto",
    "ReceiverDto",
    "ReceiverListDto",
    "ReceptionDetailDto",
    "ReceptionDto",
    "ReceptionHeaderDto",
    "ReceptionListDto",
    "ReplayAnswerDto",
    "ReplayDto",
    "ResumeOutgoingDto",
    "RetentionPreviewDto",
    "RoleDto",
    "RoleListDto",
    "RotatedSecretDto",
    "RowConversationDto",
    "RowLeadDto",
    "RowMessageDto",
    "SaveDraftDto",
    "ScimTokenDto",
    "ScimTokenListDto",
    "ScimTokenMakerDto",
    "ScopesDto",
    "SendMessageDto",
    "SubjectDto",
    "SubscribeDto",
    "SubscriptionDto",
    "SuppressionDto",
    "TeamDto",
    "TeamListDto",
    "TestStepDto",
    "TreeDto",
    "TrendDayDto",
    "UserSettingsDto",
    "WebhookBacklogDto",
    "WebhookDto",
    "WebhookFiguresDto",
    "WebhookFilterDto",
    "WebhookHourDto",
    "WebhookListDto",
    "WebhookMakerDto",
    "WebhookSnapshotDto",
    "WebhookTestDto",
    "WorkspaceChangeDto",
    "WorkspaceDto",
    "WorkspacePoliciesDto",
]


class ActionCountDto(TypedDict):
    """As the API describes it.

    - action: What was done.
    - count: How many.
    """
    action: str
    count: float


class AddressCheckDto(TypedDict):
    """As the API describes it.

    - allowed: Whether deliveries may go there.
    - reachable: Whether something answered, whatever it said; null when it was not called.
    - status: What it answered.
    - durationMs: Milliseconds until it had.
    - problem: What is wrong, in words; null when nothing is.
    """
    allowed: bool
    reachable: Optional[bool]
    status: Optional[float]
    durationMs: Optional[float]
    problem: Optional[str]


class ApiKeyDto(TypedDict):
    """As the API describes it.

    - permissions: What it was given; what it may do now is bounded by its maker's rights.
    - id: Its id, a UUID of version 7: sorted by it is sorted by time.
    - name: Its name.
    - prefix: The visible beginning of the key, to recognise it by.
    - createdBy: Who made it.
    - createdAt: When it was made.
    - expiresAt: When it ends by itself; null for never.
    - lastUsedAt: Exact to the minute.
    - lastUsedIp: The network address it was last used from; null for never.
    - allowedNetworks: Networks (CIDR) that it may be used from; empty for any.
    - exposedAt: When it was first sent where others can read it, such as in an address; null: never.
    - revokedAt: When it was taken back; null while it is good.
    """
    permissions: List[str]
    id: str
    name: str
    prefix: str
    createdBy: ApiKeyMakerDto
    createdAt: str
    expiresAt: Optional[str]
    lastUsedAt: Optional[str]
    lastUsedIp: Optional[str]
    allowedNetworks: List[str]
    exposedAt: Optional[str]
    revokedAt: Optional[str]


class ApiKeyListDto(TypedDict):
    """As the API describes it.

    - items: The entries of this page, in order.
    - nextCursor: Give it as `cursor` to get the next page; null at the end.
    - asOf: The log's head when it was read.
    """
    items: List[ApiKeyDto]
    nextCursor: Optional[str]
    asOf: float


class ApiKeyMakerDto(TypedDict):
    """As the API describes it.

    - id: Its id, a UUID of version 7: sorted by it is sorted by time.
    - name: Its name.
    """
    id: str
    name: str


class AuditActorDto(TypedDict):
    """As the API describes it.

    - type: Of which kind it is.
    - id: Its id, a UUID of version 7: sorted by it is sorted by time.
    - name: Null once the person was erased, and for Threadline itself.
    - credential: What they came in by.
    """
    type: Literal["user", "api_key", "system", "contact"]
    id: str
    name: Optional[str]
    credential: Optional[AuditCredentialDto]


class AuditChangeDto(TypedDict):
    """As the API describes it.

    - field: The name of the field.
    - before: What it was.
    - after: What it became.
    """
    field: str
    before: Dict[str, Any]
    after: Dict[str, Any]


class AuditCredentialDto(TypedDict):
    """As the API describes it.

    - kind: Of which kind it is.
    - id: Its id, a UUID of version 7: sorted by it is sorted by time.
    """
    kind: Literal["api_key", "scim_token", "session"]
    id: str


class AuditEntryDto(TypedDict):
    """As the API describes it.

    - targets: Refs: `lead:…`.
    - erased: Whose personal fields were erased and cannot be shown any more.
    - id: Its id, a UUID of version 7: sorted by it is sorted by time.
    - seq: Counts up by one for each workspace, without gaps.
    - occurredAt: When it happened.
    - action: What was done, with the version of its meaning: `lead.updated.v1`.
    - outcome: Whether it was allowed and came about.
    - actor: Who did it.
    - changes: What changed, field by field.
    - ip: The network address it came from.
    - userAgent: The program it came from, as it called itself.
    - requestId: The id of the request, as in `X-Request-Id`.
    - reason: Why, in a word: the rule of an automatic act, the code of a refusal.
    - hash: Its link in the chain, hex.
    """
    targets: List[str]
    erased: List[str]
    id: str
    seq: float
    occurredAt: str
    action: str
    outcome: Literal["allowed", "denied", "failed"]
    actor: AuditActorDto
    changes: List[AuditChangeDto]
    ip: Optional[str]
    userAgent: Optional[str]
    requestId: Optional[str]
    reason: Optional[str]
    hash: str


class AuditExportDto(TypedDict):
    """As the API describes it.

    - format: How it is written.
    - state: Where it stands.
    - id: Its id, a UUID of version 7: sorted by it is sorted by time.
    - filters: Which ones it is about.
    - scheduleId: The schedule it was made by; null when a person asked for it.
    - createdBy: Who made it.
    - createdAt: When it was made.
    - finishedAt: When it was done; null while it is not.
    - expiresAt: When the file is removed, seven days after it was made; null as long as there is none.
    - entries: Entries written so far.
    - bytes: Of the file so far.
    - done: How far into the log it has come, out of `total`.
    - total: How many there are in all; null while that is not known.
    - failure: Why it failed or was cancelled, in words.
    - downloadable: Whether the caller may download it now: it is their own or was meant for them, and still there.
    """
    format: Literal["csv", "jsonl"]
    state: Literal["queued", "running", "done", "failed", "cancelled"]
    id: str
    filters: AuditExportFiltersDto
    scheduleId: Optional[str]
    createdBy: AuditMakerDto
    createdAt: str
    finishedAt: Optional[str]
    expiresAt: Optional[str]
    entries: float
    bytes: float
    done: float
    total: float
    failure: Optional[str]
    downloadable: bool


AuditExportFiltersDto = TypedDict("AuditExportFiltersDto", {
    "actorId": "str",
    "outcome": "Literal[\"allowed\", \"denied\", \"failed\"]",
    "action": "str",
    "targetType": "str",
    "targetId": "str",
    "from": "str",
    "to": "str",
    "ip": "str",
    "requestId": "str",
    "q": "str",
}, total=False)


class AuditExportListDto(TypedDict):
    """As the API describes it.

    - items: The entries of this page, in order.
    - nextCursor: Always null: the newest 100.
    """
    items: List[AuditExportDto]
    nextCursor: Optional[str]


class AuditExportTaskDto(TypedDict):
    """As the API describes it.

    - format: How it is written.
    - state: Where it stands.
    - id: Its id, a UUID of version 7: sorted by it is sorted by time.
    - filters: Which ones it is about.
    - scheduleId: The schedule it was made by; null when a person asked for it.
    - createdBy: Who made it.
    - createdAt: When it was made.
    - finishedAt: When it was done; null while it is not.
    - expiresAt: When the file is removed, seven days after it was made; null as long as there is none.
    - entries: Entries written so far.
    - bytes: Of the file so far.
    - done: How far into the log it has come, out of `total`.
    - total: How many there are in all; null while that is not known.
    - failure: Why it failed or was cancelled, in words.
    - downloadable: Whether the caller may download it now: it is their own or was meant for them, and still there.
    - taskId: What `task_progress` of the live stream's service `tasks` speaks of: the same as `id`.
    """
    format: Literal["csv", "jsonl"]
    state: Literal["queued", "running", "done", "failed", "cancelled"]
    id: str
    filters: AuditExportFiltersDto
    scheduleId: Optional[str]
    createdBy: AuditMakerDto
    createdAt: str
    finishedAt: Optional[str]
    expiresAt: Optional[str]
    entries: float
    bytes: float
    done: float
    total: float
    failure: Optional[str]
    downloadable: bool
    taskId: str


class AuditFindingDto(TypedDict):
    """As the API describes it.

    - seq: The place in the log: counts up by one for each workspace, without gaps.
    - what: What is wrong there.
    """
    seq: Optional[float]
    what: str


class AuditMakerDto(TypedDict):
    """As the API describes it.

    - id: Its id, a UUID of version 7: sorted by it is sorted by time.
    - name: Its name.
    """
    id: str
    name: str


class AuditPageDto(TypedDict):
    """As the API describes it.

    - items: The entries of this page, in order.
    - nextCursor: Give it as `cursor` to get the next page; null at the end.
    """
    items: List[AuditEntryDto]
    nextCursor: Optional[str]


class AuditRetentionDto(TypedDict):
    """As the API describes it.

    - months: Null: for ever.
    - updatedAt: When it last changed.
    - updatedBy: The member who set it.
    """
    months: Optional[int]
    updatedAt: Optional[str]
    updatedBy: Optional[str]


class AuditScheduleChangeDto(TypedDict, total=False):
    """As the API describes it.

    - name: What it is called, 1 to 100 characters.
    - format: `jsonl` to verify it offline, `csv` to read it.
    - filters: Only entries that match; `{}`: all.
    - covers: `new`: what came since the last file; `all`: the whole log each time, which is what can be verified.
    - frequency: How often.
    - weekday: For `weekly`: 1 Monday to 7 Sunday.
    - monthday: For `monthly`: 1 to 31, the last day of shorter months.
    - hour: The hour of the day.
    - minute: The minute of the hour.
    - timeZone: IANA, such as `Europe/Berlin`.
    - recipientIds: User ids of members who may read the log: they are mailed a link when the file is there, and may download it.
    - state: `active` goes on from now; `paused` does nothing until then.
    """
    name: str
    format: Literal["csv", "jsonl"]
    filters: AuditExportFiltersDto
    covers: Literal["new", "all"]
    frequency: Literal["daily", "weekly", "monthly"]
    weekday: float
    monthday: float
    hour: float
    minute: float
    timeZone: str
    recipientIds: List[str]
    state: Literal["active", "paused"]


class AuditScheduleDto(TypedDict):
    """As the API describes it.

    - format: How it is written.
    - frequency: How often.
    - id: Its id, a UUID of version 7: sorted by it is sorted by time.
    - name: Its name.
    - filters: Which ones it is about.
    - covers: `new`: what came since the last one; `all`: everything each time.
    - weekday: The day of the week, Monday is 1.
    - monthday: The day of the month.
    - hour: The hour of the day.
    - minute: The minute of the hour.
    - timeZone: The time zone, such as Europe/Berlin.
    - recipientIds: The ids of each recipient.
    - createdBy: On whose behalf it is made: it is paused when they may not any more.
    - createdAt: When it was made.
    - state: Where it stands.
    - pausedBecause: Why it was paused, in words; null when a person did it.
    - nextAt: Null while it is paused.
    - slots: The newest ten.
    """
    format: Literal["csv", "jsonl"]
    frequency: Literal["daily", "weekly", "monthly"]
    id: str
    name: str
    filters: AuditExportFiltersDto
    covers: Literal["new", "all"]
    weekday: float
    monthday: float
    hour: float
    minute: float
    timeZone: str
    recipientIds: List[str]
    createdBy: AuditMakerDto
    createdAt: str
    state: Literal["active", "paused"]
    pausedBecause: Optional[str]
    nextAt: Optional[str]
    slots: List[AuditScheduleSlotDto]


class AuditScheduleListDto(TypedDict):
    """As the API describes it.

    - items: The entries of this page, in order.
    - nextCursor: Always null: they come as one page.
    """
    items: List[AuditScheduleDto]
    nextCursor: Optional[str]


class AuditScheduleSlotDto(TypedDict):
    """As the API describes it.

    - slot: Local date and time: `2026-11-21T09:00`.
    - state: `missed`: nobody was there to make it within a day.
    - exportId: The id of the export.
    - at: When it was due.
    """
    slot: str
    state: Literal["made", "missed"]
    exportId: Optional[str]
    at: str


class AuditStreamDto(TypedDict):
    """As the API describes it.

    - kind: Of which kind it is.
    - id: Its id, a UUID of version 7: sorted by it is sorted by time.
    - name: Its name.
    - url: Of a webhook; null for syslog.
    - host: Of syslog; null for a webhook.
    - port: The port.
    - tls: Whether it goes through TLS.
    - certificate: A certificate in PEM to trust beside the well-known ones; null for none.
    - entries: The entries, or how many they are.
    - checkpoints: Whether checkpoints are sent too.
    - state: `disabled`: nothing could be delivered for five days, or the receiver said that it is gone.
    - createdAt: When it was made.
    - position: The last entry that was taken.
    - lag: Entries that were not taken yet.
    - lastDeliveredAt: When something was last delivered; null for never.
    - failures: Tries in a row that failed.
    - lastError: What last went wrong; null when nothing did.
    - lastErrorAt: When something last went wrong; null for never.
    - nextAt: When it is tried again; null when nothing is waiting.
    """
    kind: Literal["webhook", "syslog"]
    id: str
    name: str
    url: Optional[str]
    host: Optional[str]
    port: Optional[float]
    tls: bool
    certificate: Optional[str]
    entries: bool
    checkpoints: bool
    state: Literal["active", "paused", "disabled"]
    createdAt: str
    position: float
    lag: float
    lastDeliveredAt: Optional[str]
    failures: float
    lastError: Optional[str]
    lastErrorAt: Optional[str]
    nextAt: Optional[str]


class AuditStreamListDto(TypedDict):
    """As the API describes it.

    - items: The entries of this page, in order.
    - nextCursor: Always null: they come as one page.
    """
    items: List[AuditStreamDto]
    nextCursor: Optional[str]


class AuditStreamTestDto(TypedDict):
    """As the API describes it.

    - ok: Whether the receiver took it.
    - tookMs: Milliseconds.
    - error: Why not, in words.
    """
    ok: bool
    tookMs: float
    error: Optional[str]


class _AuditVerificationDtoRequired(TypedDict):
    ok: bool
    entries: float
    head: str
    findings: List[AuditFindingDto]
    cannotTell: List[str]


class AuditVerificationDto(_AuditVerificationDtoRequired, total=False):
    """As the API describes it.

    - ok: Whether it holds.
    - entries: How many entries were checked.
    - head: Hash of the last entry, hex.
    - firstBroken: The first entry that is not what it was.
    - findings: What is wrong; empty when all of it holds.
    - cannotTell: What this check cannot tell, in words.
    """
    firstBroken: float


class AuditViewChangeDto(TypedDict, total=False):
    """As the API describes it.

    - name: 1 to 60 characters.
    - filters: Replaces all of them.
    - shared: Sharing takes `audit:write`.
    """
    name: str
    filters: AuditViewFiltersDto
    shared: bool


class AuditViewDto(TypedDict):
    """As the API describes it.

    - id: Its id, a UUID of version 7: sorted by it is sorted by time.
    - name: Its name.
    - filters: Which ones it is about.
    - shared: True: everybody who may read the audit log has it.
    - owner: Who saved it.
    - createdAt: When it was made.
    - updatedAt: When it last changed.
    """
    id: str
    name: str
    filters: AuditViewFiltersDto
    shared: bool
    owner: AuditViewOwnerDto
    createdAt: str
    updatedAt: str


AuditViewFiltersDto = TypedDict("AuditViewFiltersDto", {
    "q": "str",
    "actorId": "str",
    "outcome": "Literal[\"allowed\", \"denied\", \"failed\"]",
    "action": "str",
    "targetType": "str",
    "targetId": "str",
    "days": "float",
    "from": "str",
    "to": "str",
    "ip": "str",
    "requestId": "str",
    "drafts": "bool",
}, total=False)


class AuditViewListDto(TypedDict):
    """As the API describes it.

    - items: One's own and the shared ones, by name.
    - nextCursor: Always null: all of them.
    """
    items: List[AuditViewDto]
    nextCursor: Optional[str]


class AuditViewOwnerDto(TypedDict):
    """As the API describes it.

    - id: Its id, a UUID of version 7: sorted by it is sorted by time.
    - name: Its name.
    """
    id: str
    name: str


class BatchAnswerDto(TypedDict):
    """As the API describes it.

    - headers: Those that say something: `x-request-id`, `etag`, `ratelimit-*`, `retry-after` and the like, in lower case.
    - body: The JSON that it was answered with; null when there was none.
    - id: The id of the request.
    - status: The HTTP status.
    """
    headers: Dict[str, str]
    body: Optional[Dict[str, Any]]
    id: str
    status: float


class BatchAnswersDto(TypedDict):
    """As the API describes it.

    - responses: One for each request, in their order.
    """
    responses: List[BatchAnswerDto]


class BatchDto(TypedDict):
    """As the API describes it.

    - requests: Up to 50, done one after the other.
    """
    requests: List[BatchRequestDto]


class _BatchRequestDtoRequired(TypedDict):
    method: Literal["GET", "POST", "PUT", "PATCH", "DELETE"]
    id: str
    path: str


class BatchRequestDto(_BatchRequestDtoRequired, total=False):
    """As the API describes it.

    - method: The HTTP method.
    - body: JSON, for methods that take a body.
    - headers: `Idempotency-Key`, `If-Match`, `If-None-Match` and `Threadline-Version`; all else is that of the batch.
    - id: Yours, to know its answer by; no two of a batch share one.
    - path: Below /api, with its query: `/api/leads?limit=2`.
    """
    body: Dict[str, Any]
    headers: Dict[str, str]


class CatalogueDetailDto(TypedDict):
    """As the API describes it.

    - type: What endpoints ask for it by.
    - schema: JSON Schema (2020-12) of the envelope's `data`; fields that it does not name may be added.
    - sample: The newest of the workspace's own that the reader may see; else one made up by the schema.
    - own: Whether the sample has happened.
    - group: What it is about: the first part of its name.
    - description: What happened, in words.
    """
    type: str
    schema: Dict[str, Any]
    sample: EnvelopeDto
    own: bool
    group: str
    description: str


class CatalogueDto(TypedDict):
    """As the API describes it.

    - items: By what they are about.
    - nextCursor: Always null: all of them are here.
    """
    items: List[CatalogueEntryDto]
    nextCursor: Optional[str]


class CatalogueEntryDto(TypedDict):
    """As the API describes it.

    - type: What endpoints ask for it by.
    - group: What it is about: the first part of its name.
    - description: What happened, in words.
    """
    type: str
    group: str
    description: str


class ChangeLeadDto(TypedDict, total=False):
    """As the API describes it.

    - customFields: Up to 100 values by name: text up to 2,000 characters, numbers, true, false or null; replaces all that were there.
    - name: The person's name, or the firm's; up to 200 characters.
    - email: Kept in lower case; no two leads of a workspace share one.
    - phone: A telephone number, as it was written.
    - company: The firm that the person works for.
    - title: Of the person, for example Head of Purchasing.
    - status: Where it stands.
    - tags: Up to 50, each up to 50 characters; replaces all that were there.
    - ownerId: The user id of a member.
    """
    customFields: Dict[str, Optional[Union[str, float, bool]]]
    name: str
    email: Optional[str]
    phone: Optional[str]
    company: Optional[str]
    title: Optional[str]
    status: Literal["new", "contacted", "qualified", "converted", "lost"]
    tags: List[str]
    ownerId: Optional[str]


class ChangeMemberDto(TypedDict):
    """As the API describes it.

    - roleId: The id of a role; see GET /api/roles.
    """
    roleId: str


class ChangeReceiverDto(TypedDict):
    """As the API describes it.

    - answer: How it answers from now on: 200, 500, 429, 410, or 200 after 20 seconds.
    """
    answer: Literal["ok", "error", "busy", "gone", "slow"]


class ChangeRoleDto(TypedDict, total=False):
    """As the API describes it.

    - permissions: Replaces the whole list.
    - name: Its name.
    - description: What it is for, in words.
    - scopes: How far the permissions reach among leads and conversations.
    """
    permissions: List[str]
    name: str
    description: str
    scopes: ScopesDto


class ChangeTeamDto(TypedDict, total=False):
    """As the API describes it.

    - name: Its name.
    - memberIds: User ids of members; replaces the whole list.
    """
    name: str
    memberIds: List[str]


class ChangeWebhookDto(TypedDict, total=False):
    """As the API describes it.

    - headers: Headers to send along, up to 20, as name and value. Their values are kept sealed and not shown again.
    - eventTypes: Other event types; empty for all that its maker may see.
    - url: Another address. What waits is delivered there.
    - description: What it is for, up to 200 characters.
    - filters: Conditions on fields of the event, up to 10; all of them have to hold.
    - ordered: One at a time for each conversation, in the log's order; a delivery that fails holds up the later ones.
    - asymmetric: Sign with Ed25519 (`v1a`) too, for receivers that should not hold a secret.
    - enabled: Whether events are delivered. Switched off, what waits is cancelled; it can be replayed.
    """
    headers: Dict[str, str]
    eventTypes: List[str]
    url: str
    description: Optional[str]
    filters: List[WebhookFilterDto]
    ordered: bool
    asymmetric: bool
    enabled: bool


class ChannelOutreachDto(TypedDict):
    """As the API describes it.

    - channel: The way that messages go.
    - sent: Messages that left.
    - delivered: Messages that arrived, as far as is known.
    - bounced: Messages that came back.
    - opened: Messages that a person opened.
    - clicked: Messages in which a person followed a link.
    - replied: Messages that were answered.
    - received: Messages that came in.
    - openRate: Of a hundred delivered, how many were opened by a person.
    - clickRate: Of a hundred delivered, how many had a link followed by a person.
    - responseRate: Of a hundred delivered, how many were answered.
    - bounceRate: Of a hundred sent, how many came back.
    """
    channel: Literal["email"]
    sent: float
    delivered: float
    bounced: float
    opened: float
    clicked: float
    replied: float
    received: float
    openRate: float
    clickRate: float
    responseRate: float
    bounceRate: float


class _CheckAddressDtoRequired(TypedDict):
    url: str


class CheckAddressDto(_CheckAddressDtoRequired, total=False):
    """As the API describes it.

    - url: Where to deliver.
    - call: True: it is called too, by HEAD and without a body. Left out: it is only judged.
    """
    call: bool


class CheckpointDeliveryDto(TypedDict):
    """As the API describes it.

    - recipientIds: The ids of each recipient.
    - every: How often.
    - mailedAt: When one was mailed last.
    """
    recipientIds: List[str]
    every: Literal["hour", "day"]
    mailedAt: Optional[str]


class CheckpointDeliveryInputDto(TypedDict):
    """As the API describes it.

    - recipientIds: User ids of members who may read the log; none: no mail.
    - every: How often at most. A checkpoint is made every hour in which something happened.
    """
    recipientIds: List[str]
    every: Literal["hour", "day"]


class CheckpointDto(TypedDict):
    """As the API describes it.

    - workspaceId: The id of a workspace.
    - size: Entries it covers.
    - root: Root of the Merkle tree over them (RFC 9162), hex.
    - head: Hash of the last of them, hex.
    - at: When it was.
    - previous: Root of the checkpoint before, hex.
    - signature: Ed25519 over the canonical JSON of the fields above, base64.
    - publicKey: Raw, base64.
    """
    workspaceId: str
    size: float
    root: str
    head: str
    at: str
    previous: Optional[str]
    signature: str
    publicKey: str


class CheckpointListDto(TypedDict):
    """As the API describes it.

    - items: The entries of this page, in order.
    - nextCursor: Always null: the newest 200.
    """
    items: List[CheckpointDto]
    nextCursor: Optional[str]


class CheckpointSentDto(TypedDict):
    """As the API describes it.

    - size: Entries it covers.
    - mailedTo: People it was mailed to.
    - streams: Streams it goes to, each after the entries it covers.
    """
    size: float
    mailedTo: float
    streams: float


class ConnectionPoolStatsDto(TypedDict):
    """As the API describes it.

    - totalSubscriptions: Services that the present connections are subscribed to, added up.
    - totalConnections: Connections so far.
    - totalOrgs: 1 while the workspace has a connection, 0 otherwise.
    """
    totalSubscriptions: float
    totalConnections: float
    totalOrgs: float


ConsistencyProofDto = TypedDict("ConsistencyProofDto", {
    "kind": "Literal[\"consistency\"]",
    "from": "TreeDto",
    "to": "TreeDto",
    "path": "List[str]",
}, total=False)


class ConversationChangeDto(TypedDict, total=False):
    """As the API describes it.

    - status: Where it stands.
    - priority: How soon it wants an answer.
    - assigneeId: A member's user id; null: nobody.
    - teamId: The id of a team; null for none.
    - tags: Words to find it by.
    - snoozedUntil: When a snoozed conversation opens again; sets the status to snoozed.
    """
    status: Literal["pending", "open", "snoozed", "resolved"]
    priority: Literal["low", "normal", "high", "urgent"]
    assigneeId: Optional[str]
    teamId: Optional[str]
    tags: List[str]
    snoozedUntil: Optional[str]


class ConversationDto(TypedDict):
    """As the API describes it.

    - id: Its id, a UUID of version 7: sorted by it is sorted by time.
    - leadId: The id of a lead.
    - leadName: The lead's name.
    - channel: The way that messages go.
    - subject: The subject line; null where the channel has none.
    - status: Where it stands.
    - priority: How soon it wants an answer.
    - assigneeId: The user id of the member whose turn it is; null for nobody.
    - teamId: The id of a team; null for none.
    - tags: Words to find it by.
    - snoozedUntil: When it comes back by itself; null unless it is snoozed.
    - lastMessageId: The id of the newest message; null before the first.
    - lastMessagePreview: How the newest message begins.
    - lastMessageDirection: Whether the newest message came in or went out.
    - lastMessageAt: When the newest message was written; null before the first.
    - unreadCount: Inbound messages since the last outbound one or since a member marked it read.
    - createdAt: When it was made.
    - updatedAt: When it last changed.
    """
    id: str
    leadId: str
    leadName: str
    channel: Literal["email"]
    subject: Optional[str]
    status: Literal["pending", "open", "snoozed", "resolved"]
    priority: Literal["low", "normal", "high", "urgent"]
    assigneeId: Optional[str]
    teamId: Optional[str]
    tags: List[str]
    snoozedUntil: Optional[str]
    lastMessageId: Optional[str]
    lastMessagePreview: Optional[str]
    lastMessageDirection: Optional[Literal["outbound", "inbound"]]
    lastMessageAt: Optional[str]
    unreadCount: float
    createdAt: str
    updatedAt: str


class ConversationListDto(TypedDict):
    """As the API describes it.

    - items: The entries of this page, in order.
    - nextCursor: Give it as `cursor` to get the next page; null at the end.
    - asOf: The log's position that this page contains.
    """
    items: List[ConversationDto]
    nextCursor: Optional[str]
    asOf: float


class ConversationSnapshotDto(TypedDict):
    """As the API describes it.

    - id: Its id, a UUID of version 7: sorted by it is sorted by time.
    - leadId: The id of a lead.
    - leadName: The lead's name.
    - channel: The way that messages go.
    - subject: The subject line; null where the channel has none.
    - status: Where it stands.
    - priority: How soon it wants an answer.
    - assigneeId: The user id of the member whose turn it is; null for nobody.
    - teamId: The id of a team; null for none.
    - tags: Words to find it by.
    - snoozedUntil: When it comes back by itself; null unless it is snoozed.
    - lastMessageId: The id of the newest message; null before the first.
    - lastMessagePreview: How the newest message begins.
    - lastMessageDirection: Whether the newest message came in or went out.
    - lastMessageAt: When the newest message was written; null before the first.
    - unreadCount: Inbound messages since the last outbound one or since a member marked it read.
    - createdAt: When it was made.
    - updatedAt: When it last changed.
    - asOf: The log's head when it was read: later events are not in it.
    """
    id: str
    leadId: str
    leadName: str
    channel: Literal["email"]
    subject: Optional[str]
    status: Literal["pending", "open", "snoozed", "resolved"]
    priority: Literal["low", "normal", "high", "urgent"]
    assigneeId: Optional[str]
    teamId: Optional[str]
    tags: List[str]
    snoozedUntil: Optional[str]
    lastMessageId: Optional[str]
    lastMessagePreview: Optional[str]
    lastMessageDirection: Optional[Literal["outbound", "inbound"]]
    lastMessageAt: Optional[str]
    unreadCount: float
    createdAt: str
    updatedAt: str
    asOf: float


class _CreateLeadDtoRequired(TypedDict):
    name: str


class CreateLeadDto(_CreateLeadDtoRequired, total=False):
    """As the API describes it.

    - customFields: Up to 100 values by name: text up to 2,000 characters, numbers, true, false or null; replaces all that were there.
    - id: Made by the caller, so that it can show the lead before the answer comes: a UUID of version 7.
    - name: The person's name, or the firm's; up to 200 characters.
    - email: Kept in lower case; no two leads of a workspace share one.
    - phone: A telephone number, as it was written.
    - company: The firm that the person works for.
    - title: Of the person, for example Head of Purchasing.
    - status: Where it stands.
    - tags: Up to 50, each up to 50 characters; replaces all that were there.
    - ownerId: The user id of a member.
    """
    customFields: Dict[str, Optional[Union[str, float, bool]]]
    id: str
    email: Optional[str]
    phone: Optional[str]
    company: Optional[str]
    title: Optional[str]
    status: Literal["new", "contacted", "qualified", "converted", "lost"]
    tags: List[str]
    ownerId: Optional[str]


class _CreateRoleDtoRequired(TypedDict):
    permissions: List[str]
    name: str


class CreateRoleDto(_CreateRoleDtoRequired, total=False):
    """As the API describes it.

    - permissions: What it allows; see the permission of each operation.
    - name: No two roles of a workspace share one, in whatever case.
    - description: What it is for, in words.
    - scopes: Everything when absent.
    """
    description: str
    scopes: ScopesDto


class _CreateTeamDtoRequired(TypedDict):
    name: str


class CreateTeamDto(_CreateTeamDtoRequired, total=False):
    """As the API describes it.

    - name: No two teams of a workspace share one, in whatever case.
    - memberIds: User ids of members.
    """
    memberIds: List[str]


class _CreateWebhookDtoRequired(TypedDict):
    eventTypes: List[str]
    url: str


class CreateWebhookDto(_CreateWebhookDtoRequired, total=False):
    """As the API describes it.

    - headers: Headers to send along, up to 20, as name and value. Their values are kept sealed and not shown again.
    - eventTypes: The event types to deliver; empty for all that its maker may see.
    - kind: How the body is written: the envelope, or words for people in Slack or Discord.
    - url: Where to deliver: https, on the ports of the web, reachable from the public internet.
    - description: What it is for, up to 200 characters.
    - filters: Conditions on fields of the event, up to 10; all of them have to hold.
    - ordered: One at a time for each conversation, in the log's order; a delivery that fails holds up the later ones.
    - asymmetric: Sign with Ed25519 (`v1a`) too, for receivers that should not hold a secret.
    - enabled: Whether events are delivered. Switched off, what waits is cancelled; it can be replayed.
    """
    headers: Dict[str, str]
    kind: Literal["standard", "slack", "discord"]
    description: Optional[str]
    filters: List[WebhookFilterDto]
    ordered: bool
    asymmetric: bool
    enabled: bool


class CutDto(TypedDict):
    """As the API describes it.

    - workspaceId: The id of a workspace.
    - size: The number of the last entry that is gone.
    - root: Root of the Merkle tree over all entries up to there, hex.
    - head: Hash of the last of them, hex.
    - peaks: Roots of that tree's complete subtrees, the largest first, hex.
    - at: When it was.
    - reason: `retention:12`: the log was kept for twelve months.
    - signature: Ed25519 over the canonical JSON of the fields above and `kind: "audit-cut"`, base64.
    - publicKey: Raw, base64.
    - entries: How many entries went with this cut.
    - firstAt: When the first one was.
    - lastAt: When the last one was.
    """
    workspaceId: str
    size: float
    root: str
    head: str
    peaks: List[str]
    at: str
    reason: str
    signature: str
    publicKey: str
    entries: float
    firstAt: str
    lastAt: str


class CutListDto(TypedDict):
    """As the API describes it.

    - items: The entries of this page, in order.
    - nextCursor: Always null: the newest 200.
    """
    items: List[CutDto]
    nextCursor: Optional[str]


DashboardAnalyticsDto = TypedDict("DashboardAnalyticsDto", {
    "from": "str",
    "to": "str",
    "numbers": "List[NumberOfPeriodDto]",
    "days": "List[TrendDayDto]",
    "asOf": "float",
}, total=False)


class DashboardStatsDto(TypedDict):
    """As the API describes it.

    - totalLeads: Leads there are.
    - convertedLeads: Leads that became customers.
    - openConversations: Conversations that wait for somebody.
    - messagesSent: Messages that left.
    - messagesOpened: Messages that a person opened.
    - messagesClicked: Messages in which a person followed a link.
    - messagesReplied: Messages that were answered.
    - openRate: Of a hundred delivered, how many were opened by a person.
    - clickRate: Of a hundred delivered, how many had a link followed by a person.
    - responseRate: Of a hundred delivered, how many were answered.
    - opensByVerdict: Hits by verdict: what stands behind the open rate. Several hits can be of one message.
    - clicksByVerdict: Requests for links, by who made them.
    - timestamp: When it was counted.
    - asOf: The log's position these numbers contain.
    """
    totalLeads: float
    convertedLeads: float
    openConversations: float
    messagesSent: float
    messagesOpened: float
    messagesClicked: float
    messagesReplied: float
    openRate: float
    clickRate: float
    responseRate: float
    opensByVerdict: HitsByVerdictDto
    clicksByVerdict: HitsByVerdictDto
    timestamp: str
    asOf: float


class _DeliveryAttemptDtoRequired(TypedDict):
    requestHeaders: Dict[str, str]
    at: str
    responseStatus: Optional[float]
    durationMs: float
    responseBody: str


class DeliveryAttemptDto(_DeliveryAttemptDtoRequired, total=False):
    """As the API describes it.

    - requestHeaders: As they were sent; values of headers of one's own are left out.
    - at: When it was made.
    - responseStatus: Null when no answer came.
    - durationMs: Milliseconds from the look-up of the name to the end of the answer.
    - error: Why it counts as a failure, in words; absent for a success.
    - responseBody: The first 4 KiB of the answer, as text.
    """
    error: str


class DeliveryDetailDto(TypedDict):
    """As the API describes it.

    - eventType: What happened.
    - status: pending: due, under way or to be tried again; failed: given up; cancelled: the endpoint was disabled meanwhile.
    - id: Of the delivery.
    - webhookId: The endpoint.
    - eventId: Of the event; also the `webhook-id` of every attempt.
    - eventSeq: The event's place in the log.
    - attempts: Every try so far, the first one first.
    - nextAttemptAt: Null when nothing more is planned.
    - createdAt: When the event reached the ledger.
    - finishedAt: When it was delivered, given up or cancelled.
    - payload: The body, byte for byte the same on every attempt; null for who may not see the event, or when it was tidied away.
    """
    eventType: str
    status: Literal["pending", "delivered", "failed", "cancelled"]
    id: str
    webhookId: str
    eventId: str
    eventSeq: float
    attempts: List[DeliveryAttemptDto]
    nextAttemptAt: Optional[str]
    createdAt: str
    finishedAt: Optional[str]
    payload: Optional[str]


class DeliveryDto(TypedDict):
    """As the API describes it.

    - eventType: What happened.
    - status: pending: due, under way or to be tried again; failed: given up; cancelled: the endpoint was disabled meanwhile.
    - id: Of the delivery.
    - webhookId: The endpoint.
    - eventId: Of the event; also the `webhook-id` of every attempt.
    - eventSeq: The event's place in the log.
    - attempts: Every try so far, the first one first.
    - nextAttemptAt: Null when nothing more is planned.
    - createdAt: When the event reached the ledger.
    - finishedAt: When it was delivered, given up or cancelled.
    """
    eventType: str
    status: Literal["pending", "delivered", "failed", "cancelled"]
    id: str
    webhookId: str
    eventId: str
    eventSeq: float
    attempts: List[DeliveryAttemptDto]
    nextAttemptAt: Optional[str]
    createdAt: str
    finishedAt: Optional[str]


class DeliveryPageDto(TypedDict):
    """As the API describes it.

    - items: The newest event first.
    - nextCursor: Of the next page; null at the end.
    - asOf: The log's head when the page was read.
    """
    items: List[DeliveryDto]
    nextCursor: Optional[str]
    asOf: float


class DraftDto(TypedDict):
    """As the API describes it.

    - id: Its id, a UUID of version 7: sorted by it is sorted by time.
    - leadId: The id of a lead.
    - channel: The way that messages go.
    - content: Empty in the answer to a save that left nothing.
    - subject: The subject line; null where the channel has none.
    - revision: Rises by one with every change, clearing included; never starts again.
    - authorId: Who wrote this text.
    - savedAt: When this text was written.
    - updatedAt: When the draft last changed.
    """
    id: str
    leadId: str
    channel: Literal["email"]
    content: str
    subject: Optional[str]
    revision: float
    authorId: str
    savedAt: str
    updatedAt: str


class DraftPageDto(TypedDict):
    """As the API describes it.

    - items: The entries of this page, in order.
    - nextCursor: Give it as `cursor` to get the next page; null at the end.
    - asOf: The log's head when the page was read: later events are not in it.
    """
    items: List[DraftDto]
    nextCursor: Optional[str]
    asOf: float


class EntryEndDto(TypedDict):
    """As the API describes it.

    - seq: The place in the log: counts up by one for each workspace, without gaps.
    - occurredAt: When it happened.
    """
    seq: float
    occurredAt: str


class EnvelopeDto(TypedDict):
    """As the API describes it.

    - type: What happened: `noun.verb_in_past`, such as `lead.created`.
    - data: Depends on the type.
    - id: Its id, a UUID of version 7: sorted by it is sorted by time.
    - seq: Counts up by one per workspace, without gaps, in commit order.
    - workspaceId: The id of a workspace.
    - occurredAt: When it happened.
    - actor: Who did it.
    - subject: The one thing that it happened to.
    - about: The things it is about, as `kind:id`.
    """
    type: str
    data: Dict[str, Any]
    id: str
    seq: float
    workspaceId: str
    occurredAt: str
    actor: EventActorDto
    subject: EventSubjectDto
    about: List[str]


class EnvelopePageDto(TypedDict):
    """As the API describes it.

    - items: The entries of this page, in order.
    - nextCursor: Give it as `cursor` to get the next page; null at the end.
    - asOf: The log's head when the page was read: later events are not in it.
    """
    items: List[EnvelopeDto]
    nextCursor: Optional[str]
    asOf: float


class EventActorDto(TypedDict):
    """As the API describes it.

    - type: Of which kind it is.
    - id: Of the user, the API key or the lead; for the system, the name of its part.
    """
    type: Literal["user", "api_key", "system", "contact"]
    id: str


class _EventDtoRequired(TypedDict):
    seq: float


class EventDto(_EventDtoRequired, total=False):
    """As the API describes it.

    - about: The things it is about, as `kind:id`.
    - seq: Counts up by one per workspace, without gaps, in commit order.
    - id: Its id, a UUID of version 7: sorted by it is sorted by time.
    - type: `noun.verb_in_past`.
    - workspaceId: The id of a workspace.
    - occurredAt: When it happened.
    - actor: Who did it.
    - subject: The one thing that it happened to.
    - data: Depends on the type.
    """
    about: List[str]
    id: str
    type: str
    workspaceId: str
    occurredAt: str
    actor: EventActorDto
    subject: SubjectDto
    data: Dict[str, Any]


class _EventPageDtoRequired(TypedDict):
    items: List[EventDto]
    lastSeq: float
    epoch: str


class EventPageDto(_EventPageDtoRequired, total=False):
    """As the API describes it.

    - items: The entries of this page, in order.
    - lastSeq: Everything up to here is in this page or before it.
    - epoch: The log that the numbers count in; another one than before: take a new snapshot.
    - moved: True when what the caller may see has changed with these events: take a new snapshot.
    """
    moved: bool


class EventSubjectDto(TypedDict):
    """As the API describes it.

    - type: Of which kind it is.
    - id: Its id, a UUID of version 7: sorted by it is sorted by time.
    """
    type: str
    id: str


class FiguresListDto(TypedDict):
    """As the API describes it.

    - items: Of every endpoint, for the last 24 hours.
    - nextCursor: Always null: a workspace has 50 endpoints at most.
    """
    items: List[WebhookFiguresDto]
    nextCursor: Optional[str]


class GroupRoleDto(TypedDict):
    """As the API describes it.

    - group: As the provider writes it in its claim.
    - roleId: The id of a role; see GET /api/roles.
    """
    group: str
    roleId: str


class _HitDtoRequired(TypedDict):
    kind: Literal["open", "click"]
    verdict: Literal["human", "machine", "unknown"]
    id: str
    at: str
    rule: str
    counted: bool
    evidence: HitEvidenceDto


class HitDto(_HitDtoRequired, total=False):
    """As the API describes it.

    - kind: Of which kind it is.
    - verdict: Whether a person or a machine did it, as far as can be told.
    - id: Its id, a UUID of version 7: sorted by it is sorted by time.
    - at: When it was.
    - rule: The rule that decided, for example `R9-window`.
    - counted: The one hit that moved the counter.
    - link: Where a click led; `honeypot` clicks have the address of the invisible link.
    - evidence: What the verdict rests on.
    """
    link: str


class HitEvidenceDto(TypedDict):
    """As the API describes it.

    - method: The HTTP method.
    - userAgent: The program it came from, as it called itself.
    - addressPrefix: /24 for IPv4, /48 for IPv6; more is not kept.
    - network: The known network the address lay in.
    - sinceHandedMs: Milliseconds since the mail server took the message; null when that was not on record.
    - prefetch: The request called itself a prefetch or preview.
    - navigation: A browser that a person moved.
    - ruleset: The set of rules that judged.
    """
    method: str
    userAgent: Optional[str]
    addressPrefix: Optional[str]
    network: Optional[str]
    sinceHandedMs: Optional[float]
    prefetch: bool
    navigation: bool
    ruleset: str


class HitPageDto(TypedDict):
    """As the API describes it.

    - items: The entries of this page, in order.
    - nextCursor: Give it as `cursor` to get the next page; null at the end.
    - asOf: The log's position these hits contain.
    """
    items: List[HitDto]
    nextCursor: Optional[str]
    asOf: float


class HitsByVerdictDto(TypedDict):
    """As the API describes it.

    - human: Judged to be a person.
    - machine: Judged to be a machine.
    - unknown: Not to be told.
    """
    human: float
    machine: float
    unknown: float


InboundMailDto = TypedDict("InboundMailDto", {
    "id": "str",
    "state": "Literal[\"duplicate\", \"pending\", \"unmatched\", \"unreadable\", \"reply\", \"automatic\", \"bounce\"]",
    "receivedAt": "str",
    "to": "str",
    "from": "Optional[InboundSenderDto]",
    "subject": "Optional[str]",
    "messageId": "Optional[str]",
    "reason": "Optional[str]",
}, total=False)


class InboundMailListDto(TypedDict):
    """As the API describes it.

    - items: The entries of this page, in order.
    - nextCursor: Give it as `cursor` to get the next page; null at the end.
    """
    items: List[InboundMailDto]
    nextCursor: Optional[str]


class InboundSenderDto(TypedDict):
    """As the API describes it.

    - name: Its name.
    - address: The e-mail address.
    """
    name: str
    address: str


class InclusionProofDto(TypedDict):
    """As the API describes it.

    - entry: The entry as it was chained; what is personal stays sealed.
    - kind: Of which kind it is.
    - leafIndex: The entry's place in the tree, from 0: its number less one.
    - treeSize: Leaves of the tree: the checkpoint's size.
    - leaf: The entry's hash, which is its leaf; hex.
    - previous: Hash of the entry before it, hex; zeros for the first. The leaf is SHA-256 of 0x00, the entry's canonical JSON and this.
    - path: Siblings on the way from the leaf to the root (RFC 9162, 2.1.3), hex.
    - checkpoint: The checkpoint that it is proved against.
    """
    entry: Dict[str, Any]
    kind: Literal["inclusion"]
    leafIndex: float
    treeSize: float
    leaf: str
    previous: str
    path: List[str]
    checkpoint: CheckpointDto


class InvitationDto(TypedDict):
    """As the API describes it.

    - id: Its id, a UUID of version 7: sorted by it is sorted by time.
    - email: An e-mail address.
    - roleId: The id of a role; see GET /api/roles.
    - role: The built-in role's word, or the custom role's name.
    - teamIds: The ids of teams.
    - status: Where it stands.
    - invitedBy: Who sent the invitation.
    - createdAt: When it was made.
    - sentAt: When the last mail was sent.
    - expiresAt: When it ends by itself; null for never.
    """
    id: str
    email: str
    roleId: str
    role: str
    teamIds: List[str]
    status: Literal["pending", "accepted", "expired", "revoked"]
    invitedBy: Optional[InviterDto]
    createdAt: str
    sentAt: str
    expiresAt: str


class InvitationListDto(TypedDict):
    """As the API describes it.

    - items: The entries of this page, in order.
    - nextCursor: Always null: they come as one page.
    - asOf: The log's position that this page contains.
    """
    items: List[InvitationDto]
    nextCursor: Optional[str]
    asOf: float


class _InviteDtoRequired(TypedDict):
    email: str
    roleId: str


class InviteDto(_InviteDtoRequired, total=False):
    """As the API describes it.

    - email: An e-mail address.
    - roleId: One that reaches no further than the caller's own.
    - teamIds: The teams they will belong to: those that the caller is in, or any for who may change teams.
    """
    teamIds: List[str]


class InviterDto(TypedDict):
    """As the API describes it.

    - id: Its id, a UUID of version 7: sorted by it is sorted by time.
    - name: Its name.
    """
    id: str
    name: str


class LeadDto(TypedDict):
    """As the API describes it.

    - customFields: Values of your own, by name.
    - id: Its id, a UUID of version 7: sorted by it is sorted by time.
    - name: The person's name, or the firm's.
    - email: An e-mail address.
    - phone: A telephone number, as it was written.
    - company: The firm that the person works for.
    - title: What the person does, such as Head of Purchasing.
    - status: Where it stands.
    - tags: Words to find it by.
    - ownerId: The user id of the member who owns the lead.
    - createdAt: When it was made.
    - updatedAt: When it last changed.
    - lastActivityAt: When something last passed between us and the lead: a message, an open, a click, a reply.
    """
    customFields: Dict[str, Optional[Union[str, float, bool]]]
    id: str
    name: str
    email: Optional[str]
    phone: Optional[str]
    company: Optional[str]
    title: Optional[str]
    status: Literal["new", "contacted", "qualified", "converted", "lost"]
    tags: List[str]
    ownerId: Optional[str]
    createdAt: str
    updatedAt: str
    lastActivityAt: Optional[str]


class LeadPageDto(TypedDict):
    """As the API describes it.

    - items: The entries of this page, in order.
    - nextCursor: Give it as `cursor` to get the next page; null at the end.
    - asOf: The log's head when the page was read: later events are not in it.
    """
    items: List[LeadDto]
    nextCursor: Optional[str]
    asOf: float


class LeadSnapshotDto(TypedDict):
    """As the API describes it.

    - customFields: Values of your own, by name.
    - id: Its id, a UUID of version 7: sorted by it is sorted by time.
    - name: Its name.
    - email: An e-mail address.
    - phone: A telephone number, as it was written.
    - company: The firm that the person works for.
    - title: What the person does, such as Head of Purchasing.
    - status: Where it stands.
    - tags: Words to find it by.
    - ownerId: The user id of the member who owns the lead.
    - createdAt: When it was made.
    - updatedAt: When it last changed.
    - lastActivityAt: When something last passed between us and the lead: a message, an open, a click, a reply.
    - asOf: The log's head when it was read: later events are not in it.
    """
    customFields: Dict[str, Optional[Union[str, float, bool]]]
    id: str
    name: str
    email: Optional[str]
    phone: Optional[str]
    company: Optional[str]
    title: Optional[str]
    status: Literal["new", "contacted", "qualified", "converted", "lost"]
    tags: List[str]
    ownerId: Optional[str]
    createdAt: str
    updatedAt: str
    lastActivityAt: Optional[str]
    asOf: float


class LeadSuppressionDto(TypedDict):
    """As the API describes it.

    - asOf: The log's head when it was read.
    - suppression: Why nothing is sent to the lead's address; null when it may be written to.
    """
    asOf: float
    suppression: Optional[SuppressionDto]


class LegalHoldDto(TypedDict):
    """As the API describes it.

    - targets: Refs: `lead:…`.
    - id: Its id, a UUID of version 7: sorted by it is sorted by time.
    - reason: Why.
    - actorIds: The ids of each actor.
    - placedAt: When it was placed.
    - placedBy: The member who placed it.
    - releasedAt: When it was released; null while it holds.
    - releasedBy: Who released it; null while it holds.
    """
    targets: List[str]
    id: str
    reason: str
    actorIds: List[str]
    placedAt: str
    placedBy: str
    releasedAt: Optional[str]
    releasedBy: Optional[str]


class LegalHoldListDto(TypedDict):
    """As the API describes it.

    - items: The entries of this page, in order.
    - nextCursor: Always null: all of them.
    - asOf: The log's head when they were read.
    """
    items: List[LegalHoldDto]
    nextCursor: Optional[str]
    asOf: float


class LiftSuppressionDto(TypedDict):
    """As the API describes it.

    - reason: Why it is right to write there again; it stands in the audit log.
    """
    reason: str


class MailboxBounceDto(TypedDict):
    """As the API describes it.

    - kind: `hard`: there is no such person; `soft`: their mailbox is full.
    """
    kind: Literal["hard", "soft"]


class MailboxClickDto(TypedDict):
    """As the API describes it.

    - index: Of the mail's `links`.
    """
    index: float


class MailboxClickedDto(TypedDict):
    """As the API describes it.

    - location: Where the recipient was led; null when the link led nowhere.
    """
    location: Optional[str]


class MailboxHeaderDto(TypedDict):
    """As the API describes it.

    - name: Its name.
    - value: Its value.
    """
    name: str
    value: str


class MailboxLinkDto(TypedDict):
    """As the API describes it.

    - index: Which link of the mail it is, for `click`.
    - href: Where it leads.
    - text: As plain text.
    """
    index: float
    href: str
    text: str


class MailboxListDto(TypedDict):
    """As the API describes it.

    - items: The entries of this page, in order.
    - nextCursor: Give it as `cursor` to get the next page; null at the end.
    - asOf: The log's head when the page was read: later events are not in it.
    """
    items: List[MailboxMailDto]
    nextCursor: Optional[str]
    asOf: float


MailboxMailDto = TypedDict("MailboxMailDto", {
    "id": "str",
    "messageId": "Optional[str]",
    "from": "MailboxPersonDto",
    "to": "MailboxPersonDto",
    "subject": "str",
    "receivedAt": "str",
    "preview": "str",
    "openedAt": "Optional[str]",
    "answeredAt": "Optional[str]",
    "bouncedAt": "Optional[str]",
}, total=False)


MailboxMailPageDto = TypedDict("MailboxMailPageDto", {
    "id": "str",
    "messageId": "Optional[str]",
    "from": "MailboxPersonDto",
    "to": "MailboxPersonDto",
    "subject": "str",
    "receivedAt": "str",
    "preview": "str",
    "openedAt": "Optional[str]",
    "answeredAt": "Optional[str]",
    "bouncedAt": "Optional[str]",
    "html": "str",
    "text": "str",
    "headers": "List[MailboxHeaderDto]",
    "links": "List[MailboxLinkDto]",
}, total=False)


class MailboxPersonDto(TypedDict):
    """As the API describes it.

    - id: Of the colleague or the lead; null where it is neither.
    - name: Its name.
    - address: The e-mail address.
    """
    id: Optional[str]
    name: str
    address: str


class MailboxReplyDto(TypedDict):
    """As the API describes it.

    - text: Plain text.
    """
    text: str


class MailboxScannedDto(TypedDict):
    """As the API describes it.

    - requests: How many requests the gateway made.
    """
    requests: float


class MemberDto(TypedDict):
    """As the API describes it.

    - id: Its id, a UUID of version 7: sorted by it is sorted by time.
    - userId: The id of a person, the same in all workspaces.
    - name: Its name.
    - email: An e-mail address.
    - roleId: The id of a role; see GET /api/roles.
    - role: The built-in role's word, or the custom role's name.
    - teamIds: The ids of teams.
    - secondFactor: True when they have a second factor.
    - joinedAt: When the person became a member.
    """
    id: str
    userId: str
    name: str
    email: str
    roleId: str
    role: str
    teamIds: List[str]
    secondFactor: bool
    joinedAt: str


class MemberListDto(TypedDict):
    """As the API describes it.

    - items: The entries of this page, in order.
    - nextCursor: Always null: a workspace's members come as one page.
    - asOf: The log's position that this page contains.
    """
    items: List[MemberDto]
    nextCursor: Optional[str]
    asOf: float


class MessageDto(TypedDict):
    """As the API describes it.

    - id: Its id, a UUID of version 7: sorted by it is sorted by time.
    - leadId: The id of a lead.
    - conversationId: The id of a conversation.
    - channel: The way that messages go.
    - direction: Whether it came in or went out.
    - status: Where it stands.
    - subject: The subject line; null where the channel has none.
    - content: Sanitised HTML where it has markup, otherwise plain text.
    - trackingId: What its pixel and links are known by; null when it is not tracked.
    - authorId: The user id of the member who wrote it; null for what came in.
    - createdAt: When it was made.
    - undoUntil: While queued: until when it can be taken back.
    - sentAt: When it left; null for not yet.
    - deliveredAt: When it arrived, where that is known; null otherwise.
    - openedAt: First open judged human.
    - clickedAt: First click judged human.
    - repliedAt: When it was answered; null for not yet.
    - failure: Why it failed, bounced or is unknown, in words for people.
    """
    id: str
    leadId: str
    conversationId: str
    channel: Literal["email"]
    direction: Literal["outbound", "inbound"]
    status: Literal["failed", "queued", "cancelled", "sending", "sent", "delivered", "unknown", "bounced", "received"]
    subject: Optional[str]
    content: str
    trackingId: Optional[str]
    authorId: Optional[str]
    createdAt: str
    undoUntil: Optional[str]
    sentAt: Optional[str]
    deliveredAt: Optional[str]
    openedAt: Optional[str]
    clickedAt: Optional[str]
    repliedAt: Optional[str]
    failure: Optional[str]


class MessageListDto(TypedDict):
    """As the API describes it.

    - items: The entries of this page, in order.
    - nextCursor: Give it as `cursor` to get the next page; null at the end.
    - asOf: The log's position that this page contains.
    """
    items: List[MessageDto]
    nextCursor: Optional[str]
    asOf: float


class _NewAuditExportDtoRequired(TypedDict):
    format: Literal["csv", "jsonl"]


class NewAuditExportDto(_NewAuditExportDtoRequired, total=False):
    """As the API describes it.

    - format: `jsonl` to verify it offline, `csv` to read it.
    - filters: Only entries that match; left out: the whole log, which is what can be verified against a checkpoint.
    """
    filters: AuditExportFiltersDto


class _NewAuditScheduleDtoRequired(TypedDict):
    name: str
    format: Literal["csv", "jsonl"]
    covers: Literal["new", "all"]
    frequency: Literal["daily", "weekly", "monthly"]
    hour: float
    timeZone: str
    recipientIds: List[str]


class NewAuditScheduleDto(_NewAuditScheduleDtoRequired, total=False):
    """As the API describes it.

    - name: What it is called, 1 to 100 characters.
    - format: `jsonl` to verify it offline, `csv` to read it.
    - filters: Only entries that match; left out: all.
    - covers: `new`: what came since the last file; `all`: the whole log each time, which is what can be verified.
    - frequency: How often.
    - weekday: For `weekly`: 1 Monday to 7 Sunday; 1 when left out.
    - monthday: For `monthly`: 1 to 31, the last day of shorter months; 1 when left out.
    - hour: The hour of the day.
    - minute: 0 when left out.
    - timeZone: IANA, such as `Europe/Berlin`.
    - recipientIds: User ids of members who may read the log: they are mailed a link when the file is there, and may download it.
    """
    filters: AuditExportFiltersDto
    weekday: float
    monthday: float
    minute: float


class _NewAuditViewDtoRequired(TypedDict):
    name: str
    filters: AuditViewFiltersDto


class NewAuditViewDto(_NewAuditViewDtoRequired, total=False):
    """As the API describes it.

    - name: 1 to 60 characters; no two views of a person have the same.
    - filters: Which ones it is about.
    - shared: True: everybody who may read the audit log has it; takes `audit:write`. Left out: false.
    """
    shared: bool


class NewProviderConnectionDto(TypedDict):
    """As the API describes it.

    - provider: Who calls.
    - name: What colleagues know it by, 1 to 100 characters.
    - settings: What its signatures are checked with.
    """
    provider: Literal["twilio", "sendgrid", "mailgun", "ses", "meta"]
    name: str
    settings: ProviderSettingsInputDto


class NewWebhookDto(TypedDict):
    """As the API describes it.

    - kind: How the body is written: the envelope, or words for people.
    - eventTypes: Empty: all that its maker may see.
    - disabledReason: Why they are not.
    - id: Of the endpoint.
    - url: Where events are delivered.
    - description: What it is for.
    - filters: Conditions on fields of the event; all of them have to hold.
    - headerNames: Names of the headers that are sent along; their values are not shown again.
    - ordered: One at a time for each conversation, in the log's order.
    - asymmetric: Signed with Ed25519 (`v1a`) too.
    - publicKey: `whpk_…`, to verify `v1a` signatures with; null when it is not asymmetric.
    - enabled: Whether events are delivered.
    - disabledAt: Since when they are not.
    - failingSince: Since when nothing but failures came back; null after a success.
    - oldSecretsUntil: Until when each replaced secret signs too.
    - maker: With whose rights events are delivered: who made it, or last changed its address, types or filters.
    - createdAt: When it was made.
    - updatedAt: When a setting was last changed.
    - secret: `whsec_…`, shown this once; null when an Idempotency-Key answers again.
    """
    kind: Literal["standard", "slack", "discord"]
    eventTypes: List[str]
    disabledReason: Optional[Literal["switched_off", "gone", "failing", "maker_left"]]
    id: str
    url: str
    description: Optional[str]
    filters: List[WebhookFilterDto]
    headerNames: List[str]
    ordered: bool
    asymmetric: bool
    publicKey: Optional[str]
    enabled: bool
    disabledAt: Optional[str]
    failingSince: Optional[str]
    oldSecretsUntil: List[str]
    maker: WebhookMakerDto
    createdAt: str
    updatedAt: str
    secret: Optional[str]


class NotificationSettingsDto(TypedDict):
    """As the API describes it.

    - replies: Tell of answers.
    - opens: Tell of opens.
    - clicks: Tell of followed links.
    - assignments: Tell of conversations that were assigned to you.
    - desktop: Tell on the desktop too.
    """
    replies: bool
    opens: bool
    clicks: bool
    assignments: bool
    desktop: bool


class NumberDefinitionDto(TypedDict):
    """As the API describes it.

    - name: Its name.
    - label: What it is called on screens.
    - definition: What it counts, in one sentence for people.
    - unit: What it is counted in.
    - grain: What one of it is.
    - rows: Path and query of the screen that lists the rows behind it.
    """
    name: Literal["totalLeads", "convertedLeads", "openConversations", "messagesSent", "messagesOpened", "messagesClicked", "messagesReplied", "openRate", "clickRate", "responseRate"]
    label: str
    definition: str
    unit: Literal["count", "percent"]
    grain: Literal["lead", "conversation", "message"]
    rows: str


class NumberDefinitionsDto(TypedDict):
    """As the API describes it.

    - items: The entries of this page, in order.
    """
    items: List[NumberDefinitionDto]


class NumberOfPeriodDto(TypedDict):
    """As the API describes it.

    - definition: What it counts.
    - value: Its value.
    - previous: In the period of the same length before.
    - change: Against `previous`, in percent; null where that was zero.
    - trend: One value for each day.
    """
    definition: NumberDefinitionDto
    value: float
    previous: float
    change: Optional[float]
    trend: List[float]


class NumberRowDto(TypedDict):
    """As the API describes it.

    - lead: The lead.
    - conversation: The conversation.
    - message: The message.
    """
    lead: RowLeadDto
    conversation: Optional[RowConversationDto]
    message: Optional[RowMessageDto]


class NumberRowsDto(TypedDict):
    """As the API describes it.

    - number: The number whose rows these are.
    - items: The entries of this page, in order.
    - nextCursor: Give it as `cursor` to get the next page; null at the end.
    - count: How many there are on all pages: what the number says, or of a rate, what it counts above the line.
    - asOf: The log's head when this was read: events after it are not in it.
    """
    number: Literal["totalLeads", "convertedLeads", "openConversations", "messagesSent", "messagesOpened", "messagesClicked", "messagesReplied", "openRate", "clickRate", "responseRate"]
    items: List[NumberRowDto]
    nextCursor: Optional[str]
    count: float
    asOf: float


class OutgoingDto(TypedDict):
    """As the API describes it.

    - asOf: The log's head when it was read.
    - paused: Why nothing leaves; null while everything does.
    """
    asOf: float
    paused: Optional[OutgoingPauseDto]


class OutgoingPauseDto(TypedDict):
    """As the API describes it.

    - since: When it turned out that the workspace was restored from a backup.
    - deliveries: Deliveries to webhooks that waited in the backup, and wait still.
    - messages: Messages that waited in the backup, and wait still.
    """
    since: str
    deliveries: float
    messages: float


OutreachAnalyticsDto = TypedDict("OutreachAnalyticsDto", {
    "from": "Optional[str]",
    "to": "Optional[str]",
    "items": "List[ChannelOutreachDto]",
    "asOf": "float",
}, total=False)


class PrivacyRequestDto(TypedDict):
    """As the API describes it.

    - kind: Of which kind it is.
    - state: Where it stands.
    - stage: What is being done, or comes next; null when it is over.
    - counts: Rows done so far, by the table or section they stood in.
    - id: Its id, a UUID of version 7: sorted by it is sorted by time.
    - leadId: The id of a lead.
    - leadName: The lead's name; null once it is erased.
    - requestedAt: When it was asked for.
    - requestedBy: The member who asked.
    - endedAt: When it was over; null while it is not.
    - failure: Why it failed, in words.
    - fileUntil: Of an export: until when its maker can fetch the file. Null when there is none, or none any more.
    """
    kind: Literal["erase", "export"]
    state: Literal["waiting", "running", "done", "failed"]
    stage: Optional[Literal["collect", "rows", "events", "receipt"]]
    counts: Dict[str, int]
    id: str
    leadId: str
    leadName: Optional[str]
    requestedAt: str
    requestedBy: str
    endedAt: Optional[str]
    failure: Optional[str]
    fileUntil: Optional[str]


class PrivacyRequestListDto(TypedDict):
    """As the API describes it.

    - items: The entries of this page, in order.
    - nextCursor: Always null: the newest 200.
    - asOf: The log's head when they were read.
    """
    items: List[PrivacyRequestDto]
    nextCursor: Optional[str]
    asOf: float


class ProviderConnectionChangeDto(TypedDict, total=False):
    """As the API describes it.

    - name: What colleagues know it by, 1 to 100 characters.
    - settings: What is given here replaces what was.
    """
    name: str
    settings: ProviderSettingsInputDto


class ProviderConnectionDto(TypedDict):
    """As the API describes it.

    - provider: The identity provider.
    - id: Its id, a UUID of version 7: sorted by it is sorted by time.
    - name: Its name.
    - url: The address to be pasted at the provider.
    - settings: What is known of the account and is no secret.
    - hasSecret: Whether a secret is kept; it is never shown.
    - createdAt: When it was made.
    - updatedAt: When it last changed.
    - confirmedAt: When the provider confirmed the address, where it does such a thing (Meta, SNS).
    - lastEventAt: The newest event that was signed by the provider.
    - lastDeniedAt: When something was last turned away because its signature was not the provider's.
    - counts: Events of the last 30 days by what became of them.
    """
    provider: Literal["twilio", "sendgrid", "mailgun", "ses", "meta"]
    id: str
    name: str
    url: str
    settings: ProviderSettingsDto
    hasSecret: bool
    createdAt: str
    updatedAt: str
    confirmedAt: Optional[str]
    lastEventAt: Optional[str]
    lastDeniedAt: Optional[str]
    counts: ProviderCountsDto


class ProviderConnectionListDto(TypedDict):
    """As the API describes it.

    - items: All connections of the workspace, the newest first.
    - nextCursor: Give it as `cursor` to get the next page; null at the end.
    - asOf: The log's head when it was read.
    """
    items: List[ProviderConnectionDto]
    nextCursor: Optional[str]
    asOf: float


class ProviderCountsDto(TypedDict):
    """As the API describes it.

    - pending: Kept, not worked on yet.
    - applied: Changed a message, or became one.
    - noted: Nothing to change.
    - outdated: A later state was known already.
    - unmatched: About nothing we know.
    - unreadable: Signed, but not what the provider describes.
    - failed: Given up after several tries.
    """
    pending: float
    applied: float
    noted: float
    outdated: float
    unmatched: float
    unreadable: float
    failed: float


class ProviderDto(TypedDict):
    """As the API describes it.

    - preset: Which kind of identity provider it is.
    - id: Its id, a UUID of version 7: sorted by it is sorted by time.
    - name: Its name.
    - issuer: The address that the identity provider calls itself by.
    - clientId: The id under which Threadline is known to the identity provider.
    - defaultRoleId: The role of who comes in for the first time; null lets nobody in that has no group.
    - domains: Domains of e-mail addresses.
    - anyDomain: Whether addresses of all domains are taken.
    - groupsClaim: The claim that names the groups; null for none.
    - groupRoles: Which group gets which role.
    - enabled: Whether it is in use.
    - createdAt: When it was made.
    - updatedAt: When it last changed.
    """
    preset: Literal["google", "microsoft", "linkedin", "keycloak", "custom"]
    id: str
    name: str
    issuer: str
    clientId: str
    defaultRoleId: str
    domains: List[str]
    anyDomain: bool
    groupsClaim: Optional[str]
    groupRoles: List[GroupRoleDto]
    enabled: bool
    createdAt: str
    updatedAt: str


class ProviderEventDto(TypedDict):
    """As the API describes it.

    - kind: What the provider says has happened, in our words.
    - state: What became of it.
    - id: Its id, a UUID of version 7: sorted by it is sorted by time.
    - connectionId: The id of the connection.
    - eventId: The provider's own id of it: the same one counts once.
    - happenedAt: When it happened, as the provider says; null when it does not.
    - receivedAt: When it came in.
    - messageId: The message it is about, or became.
    - reason: Why, in words for people.
    """
    kind: Literal["sent", "delivered", "read", "opened", "clicked", "delayed", "failed", "bounced", "complained", "received", "confirmation", "other"]
    state: Literal["pending", "applied", "noted", "outdated", "unmatched", "unreadable", "failed"]
    id: str
    connectionId: str
    eventId: str
    happenedAt: Optional[str]
    receivedAt: str
    messageId: Optional[str]
    reason: Optional[str]


class ProviderEventListDto(TypedDict):
    """As the API describes it.

    - items: The entries of this page, in order.
    - nextCursor: Give it as `cursor` to get the next page; null at the end.
    """
    items: List[ProviderEventDto]
    nextCursor: Optional[str]


class ProviderListDto(TypedDict):
    """As the API describes it.

    - items: The entries of this page, in order.
    - nextCursor: Always null: they come as one page.
    - asOf: The log's position that this page contains.
    - redirectUri: What has to be entered at every provider.
    - breakGlass: User ids of the owners whose passwords are always taken.
    """
    items: List[ProviderDto]
    nextCursor: Optional[str]
    asOf: float
    redirectUri: str
    breakGlass: List[str]


class ProviderSettingsDto(TypedDict, total=False):
    """As the API describes it.

    - verificationKey: SendGrid's public key.
    - topicArn: The one SNS topic that is listened to.
    - verifyToken: What Meta has to repeat when the address is entered there; made here.
    """
    verificationKey: str
    topicArn: str
    verifyToken: str


class ProviderSettingsInputDto(TypedDict, total=False):
    """As the API describes it.

    - secret: Twilio's auth token, Mailgun's signing key or Meta's app secret. Kept sealed, never shown.
    - verificationKey: SendGrid's verification key, as its Event Webhook settings show it.
    - topicArn: The one SNS topic that is listened to (SES).
    """
    secret: str
    verificationKey: str
    topicArn: str


class ProviderTestDto(TypedDict):
    """As the API describes it.

    - ok: Whether it holds.
    - steps: What was tried, one after the other.
    """
    ok: bool
    steps: List[TestStepDto]


class RealtimeMetricsDto(TypedDict):
    """As the API describes it.

    - activeConnections: Sockets that are open now.
    - totalConnections: Connections so far.
    - eventsDelivered: Events, times the connections each was sent to.
    - compressedMessages: Messages that left compressed. Compression is not offered: it costs more than it saves at fan-out.
    - missedEventsReplayed: Events that were given again after a break.
    - connectionPoolStats: How the connections are shared.
    """
    activeConnections: float
    totalConnections: float
    eventsDelivered: float
    compressedMessages: float
    missedEventsReplayed: float
    connectionPoolStats: ConnectionPoolStatsDto


class ReceiverDto(TypedDict):
    """As the API describes it.

    - answer: How it answers: 200, 500, 429, 410, or 200 after 20 seconds.
    - id: Of the receiver.
    - url: Anybody who knows it may send there; nobody can read there by it.
    - createdAt: When it was made.
    - kept: How many requests are kept: the newest 100, for a day.
    - lastReceivedAt: When the newest of them came.
    """
    answer: Literal["ok", "error", "busy", "gone", "slow"]
    id: str
    url: str
    createdAt: str
    kept: float
    lastReceivedAt: Optional[str]


class ReceiverListDto(TypedDict):
    """As the API describes it.

    - items: The newest first.
    - nextCursor: Always null: a workspace has 10 receivers at most.
    """
    items: List[ReceiverDto]
    nextCursor: Optional[str]


class ReceptionDetailDto(TypedDict):
    """As the API describes it.

    - encoding: base64 where it is no text.
    - headers: As they came, in their order.
    - body: The first 64 KiB.
    - cut: True when the body was longer.
    - id: Of what was received.
    - receivedAt: When it came.
    - method: Of the request.
    - webhookId: `webhook-id`, where there was one: the event's id.
    - bytes: Bytes of the body.
    - answeredStatus: What it was answered with.
    """
    encoding: Literal["utf8", "base64"]
    headers: List[ReceptionHeaderDto]
    body: str
    cut: bool
    id: str
    receivedAt: str
    method: str
    webhookId: Optional[str]
    bytes: float
    answeredStatus: float


class ReceptionDto(TypedDict):
    """As the API describes it.

    - id: Of what was received.
    - receivedAt: When it came.
    - method: Of the request.
    - webhookId: `webhook-id`, where there was one: the event's id.
    - bytes: Bytes of the body.
    - answeredStatus: What it was answered with.
    """
    id: str
    receivedAt: str
    method: str
    webhookId: Optional[str]
    bytes: float
    answeredStatus: float


class ReceptionHeaderDto(TypedDict):
    """As the API describes it.

    - name: As it was written.
    - value: As it was written.
    """
    name: str
    value: str


class ReceptionListDto(TypedDict):
    """As the API describes it.

    - items: The newest first.
    - nextCursor: Always null: 100 are kept.
    """
    items: List[ReceptionDto]
    nextCursor: Optional[str]


class ReplayAnswerDto(TypedDict):
    """As the API describes it.

    - deliveries: Deliveries that it comes to.
    """
    deliveries: float


class _ReplayDtoRequired(TypedDict):
    after: float


class ReplayDto(_ReplayDtoRequired, total=False):
    """As the API describes it.

    - status: `failed`: only what did not arrive (given up or cancelled). Left out: everything that the endpoint asks for.
    - after: Events with a larger seq than this.
    - before: And a smaller one than this; left out: to the log's head.
    """
    status: Literal["failed"]
    before: float


class ResumeOutgoingDto(TypedDict):
    """As the API describes it.

    - waiting: What becomes of what waited in the backup. `send`: it leaves now, and arrives twice if it had left after the backup was made. `cancel`: deliveries are cancelled and can be replayed, messages become `unknown` and can be sent again.
    """
    waiting: Literal["send", "cancel"]


class RetentionPreviewDto(TypedDict):
    """As the API describes it.

    - months: For how many months; null for ever.
    - before: Entries before this moment are older than the retention.
    - entries: How many entries would go.
    - first: The first of them; null when none would go.
    - last: The last of them; null when none would go.
    - oldest: The oldest entry there is now, whether it would go or not.
    - actions: What they tell of, the most frequent first.
    - held: Entries that are old enough and stay because of legal holds.
    """
    months: float
    before: str
    entries: float
    first: Optional[EntryEndDto]
    last: Optional[EntryEndDto]
    oldest: Optional[EntryEndDto]
    actions: List[ActionCountDto]
    held: float


class RoleDto(TypedDict):
    """As the API describes it.

    - builtIn: Its word when it is built in, and so cannot be changed; null for a custom role.
    - permissions: What it allows; see the permission of each operation.
    - id: Its id, a UUID of version 7: sorted by it is sorted by time.
    - name: Its name.
    - description: What it is for, in words.
    - scopes: How far the permissions reach among leads and conversations.
    - members: How many have it.
    """
    builtIn: Optional[Literal["owner", "admin", "manager", "agent", "analyst", "auditor"]]
    permissions: List[str]
    id: str
    name: str
    description: str
    scopes: ScopesDto
    members: float


class RoleListDto(TypedDict):
    """As the API describes it.

    - items: The entries of this page, in order.
    - nextCursor: Always null: a workspace's roles come as one page.
    - asOf: The log's position that this page contains.
    """
    items: List[RoleDto]
    nextCursor: Optional[str]
    asOf: float


class RotatedSecretDto(TypedDict):
    """As the API describes it.

    - secret: `whsec_…`, shown this once; null when an Idempotency-Key answers again.
    - oldUntil: Until when the secret before it signs too.
    - publicKey: `whpk_…` of the new key; null when the endpoint is not asymmetric.
    """
    secret: Optional[str]
    oldUntil: str
    publicKey: Optional[str]


class RowConversationDto(TypedDict):
    """As the API describes it.

    - channel: The way that messages go.
    - status: Where it stands.
    - priority: How soon it wants an answer.
    - id: Its id, a UUID of version 7: sorted by it is sorted by time.
    - subject: The subject line; null where the channel has none.
    - assigneeId: The user id of the member whose turn it is; null for nobody.
    - unreadCount: Messages that came in and that nobody has seen.
    - lastMessagePreview: How the newest message begins.
    - lastMessageAt: When the newest message was written; null before the first.
    """
    channel: Literal["email"]
    status: Literal["open", "pending", "snoozed", "resolved"]
    priority: Literal["low", "normal", "high", "urgent"]
    id: str
    subject: Optional[str]
    assigneeId: Optional[str]
    unreadCount: float
    lastMessagePreview: Optional[str]
    lastMessageAt: Optional[str]


class RowLeadDto(TypedDict):
    """As the API describes it.

    - status: Where it stands.
    - id: Its id, a UUID of version 7: sorted by it is sorted by time.
    - name: Its name.
    - email: An e-mail address.
    - company: The firm that the person works for.
    - createdAt: When it was made.
    """
    status: Literal["new", "contacted", "qualified", "converted", "lost"]
    id: str
    name: str
    email: Optional[str]
    company: Optional[str]
    createdAt: str


class RowMessageDto(TypedDict):
    """As the API describes it.

    - channel: The way that messages go.
    - status: Where it stands.
    - id: Its id, a UUID of version 7: sorted by it is sorted by time.
    - conversationId: The id of a conversation.
    - subject: The subject line; null where the channel has none.
    - preview: The beginning of its text.
    - authorId: The user id of the member who wrote it; null for what came in.
    - sentAt: When it left; null for not yet.
    - deliveredAt: When it arrived, where that is known; null otherwise.
    - openedAt: First open judged human.
    - clickedAt: First click judged human.
    - repliedAt: When it was answered; null for not yet.
    """
    channel: Literal["email"]
    status: Literal["queued", "sending", "sent", "delivered", "failed", "unknown", "cancelled", "bounced", "received"]
    id: str
    conversationId: str
    subject: Optional[str]
    preview: str
    authorId: Optional[str]
    sentAt: str
    deliveredAt: Optional[str]
    openedAt: Optional[str]
    clickedAt: Optional[str]
    repliedAt: Optional[str]


class _SaveDraftDtoRequired(TypedDict):
    channel: Literal["email"]
    content: str


class SaveDraftDto(_SaveDraftDtoRequired, total=False):
    """As the API describes it.

    - channel: The way that messages go.
    - content: Text or HTML as it is being typed, up to 256 KiB.
    - subject: The subject line; null where the channel has none.
    - baseRevision: The revision the writer began from; 0: there was none; absent: whatever is there is replaced.
    - clientId: Names the screen that saves; `draft.saved` carries it, so that the screen knows its own echo.
    """
    subject: Optional[str]
    baseRevision: float
    clientId: str


class ScimTokenDto(TypedDict):
    """As the API describes it.

    - id: Its id, a UUID of version 7: sorted by it is sorted by time.
    - name: Its name.
    - prefix: The visible beginning of the token, to recognise it by.
    - createdBy: Who made it.
    - createdAt: When it was made.
    - lastUsedAt: Exact to the minute.
    """
    id: str
    name: str
    prefix: str
    createdBy: ScimTokenMakerDto
    createdAt: str
    lastUsedAt: Optional[str]


class ScimTokenListDto(TypedDict):
    """As the API describes it.

    - items: The entries of this page, in order.
    - nextCursor: Give it as `cursor` to get the next page; null at the end.
    - asOf: The log's head when it was read.
    - baseUrl: The address that directories are given as their base URL.
    """
    items: List[ScimTokenDto]
    nextCursor: Optional[str]
    asOf: float
    baseUrl: str


class ScimTokenMakerDto(TypedDict):
    """As the API describes it.

    - id: Its id, a UUID of version 7: sorted by it is sorted by time.
    - name: Its name.
    """
    id: str
    name: str


class ScopesDto(TypedDict):
    """As the API describes it.

    - leads: How far the role reaches among leads.
    - conversations: How far the role reaches among conversations.
    """
    leads: Literal["own", "team", "all"]
    conversations: Literal["own", "team", "all"]


class _SendMessageDtoRequired(TypedDict):
    channel: Literal["email"]
    content: str


class SendMessageDto(_SendMessageDtoRequired, total=False):
    """As the API describes it.

    - id: Made by the caller (UUIDv7); the answer and the events carry it.
    - channel: The way that messages go.
    - subject: Absent: the conversation's subject, as a reply.
    - content: HTML, or plain text.
    - afterMessageId: The newest message of the conversation that the sender had seen; null: none. With it, a colleague's newer message refuses this one.
    - undoSeconds: Seconds in which the message can be taken back before it leaves. 0: it leaves at once.
    """
    id: str
    subject: str
    afterMessageId: Optional[str]
    undoSeconds: float


class SubjectDto(TypedDict):
    """As the API describes it.

    - type: Of which kind it is.
    - id: Its id, a UUID of version 7: sorted by it is sorted by time.
    """
    type: str
    id: str


class _SubscribeDtoRequired(TypedDict):
    eventType: str
    targetUrl: str


class SubscribeDto(_SubscribeDtoRequired, total=False):
    """As the API describes it.

    - eventType: The one event type to be told of.
    - targetUrl: Where each event is posted, as its envelope: https, reachable from the public internet.
    - expiresAt: When the subscription ends by itself; left out: never.
    """
    expiresAt: str


class _SubscriptionDtoRequired(TypedDict):
    eventType: str
    id: str
    targetUrl: str


class SubscriptionDto(_SubscriptionDtoRequired, total=False):
    """As the API describes it.

    - eventType: The one event type it is told of.
    - id: To unsubscribe with.
    - targetUrl: Where each event is posted.
    - expiration_date: When it ends by itself, under the name that Zapier looks for; not there when it does not.
    """
    expiration_date: str


class SuppressionDto(TypedDict):
    """As the API describes it.

    - reason: `erased`: its owner asked to be forgotten; `bounced`: mail came back for good; `complained`: it was reported as spam.
    - at: Since when.
    - messageId: The message that came back or was reported; null when its owner asked to be forgotten.
    """
    reason: Literal["erased", "bounced", "complained"]
    at: str
    messageId: Optional[str]


class TeamDto(TypedDict):
    """As the API describes it.

    - id: Its id, a UUID of version 7: sorted by it is sorted by time.
    - name: Its name.
    - memberIds: User ids.
    - createdAt: When it was made.
    """
    id: str
    name: str
    memberIds: List[str]
    createdAt: str


class TeamListDto(TypedDict):
    """As the API describes it.

    - items: The entries of this page, in order.
    - nextCursor: Always null: a workspace's teams come as one page.
    - asOf: The log's position that this page contains.
    """
    items: List[TeamDto]
    nextCursor: Optional[str]
    asOf: float


class TestStepDto(TypedDict):
    """As the API describes it.

    - name: Its name.
    - ok: Whether it holds.
    - detail: What was found, in words.
    """
    name: str
    ok: bool
    detail: str


class TreeDto(TypedDict):
    """As the API describes it.

    - size: Entries.
    - root: Root of the Merkle tree over them, hex.
    """
    size: float
    root: str


class TrendDayDto(TypedDict):
    """As the API describes it.

    - day: The day, such as 2026-03-31.
    - sent: Messages that left.
    - opened: Messages that a person opened.
    - clicked: Messages in which a person followed a link.
    - replied: Messages that were answered.
    - openedMachine: Opened by machines only.
    - openedUnknown: Opened in ways that may have been a person or a machine.
    """
    day: str
    sent: float
    opened: float
    clicked: float
    replied: float
    openedMachine: float
    openedUnknown: float


class _UserSettingsDtoRequired(TypedDict):
    autonomousMode: bool
    notifications: NotificationSettingsDto
    timezone: str
    theme: Literal["system", "light", "dark"]
    undoSeconds: float


class UserSettingsDto(_UserSettingsDtoRequired, total=False):
    """As the API describes it.

    - autonomousMode: Whether Threadline may act by itself.
    - notifications: What to be told of.
    - timezone: IANA name, for example Europe/Paris.
    - theme: Light, dark, or as the device has it.
    - undoSeconds: Seconds a sent message can be taken back.
    - saved: In answers: false while these are the defaults, because the caller has never saved any. A PUT may repeat it.
    """
    saved: bool


class WebhookBacklogDto(TypedDict):
    """As the API describes it.

    - pending: Deliveries that are due, under way or waiting for another try.
    - oldestAt: Since when the oldest of them waits.
    """
    pending: float
    oldestAt: Optional[str]


class WebhookDto(TypedDict):
    """As the API describes it.

    - kind: How the body is written: the envelope, or words for people.
    - eventTypes: Empty: all that its maker may see.
    - disabledReason: Why they are not.
    - id: Of the endpoint.
    - url: Where events are delivered.
    - description: What it is for.
    - filters: Conditions on fields of the event; all of them have to hold.
    - headerNames: Names of the headers that are sent along; their values are not shown again.
    - ordered: One at a time for each conversation, in the log's order.
    - asymmetric: Signed with Ed25519 (`v1a`) too.
    - publicKey: `whpk_…`, to verify `v1a` signatures with; null when it is not asymmetric.
    - enabled: Whether events are delivered.
    - disabledAt: Since when they are not.
    - failingSince: Since when nothing but failures came back; null after a success.
    - oldSecretsUntil: Until when each replaced secret signs too.
    - maker: With whose rights events are delivered: who made it, or last changed its address, types or filters.
    - createdAt: When it was made.
    - updatedAt: When a setting was last changed.
    """
    kind: Literal["standard", "slack", "discord"]
    eventTypes: List[str]
    disabledReason: Optional[Literal["switched_off", "gone", "failing", "maker_left"]]
    id: str
    url: str
    description: Optional[str]
    filters: List[WebhookFilterDto]
    headerNames: List[str]
    ordered: bool
    asymmetric: bool
    publicKey: Optional[str]
    enabled: bool
    disabledAt: Optional[str]
    failingSince: Optional[str]
    oldSecretsUntil: List[str]
    maker: WebhookMakerDto
    createdAt: str
    updatedAt: str


class WebhookFiguresDto(TypedDict):
    """As the API describes it.

    - webhookId: The endpoint.
    - delivered: Attempts that the receiver answered with success.
    - failed: All others.
    - successRate: Percent of the attempts that were answered with success; null without any.
    - p50: Milliseconds that half of the attempts took at most; null without any.
    - p95: Milliseconds that 95 of 100 attempts took at most.
    - pending: Deliveries that wait now.
    - hours: The oldest first, empty hours too.
    """
    webhookId: str
    delivered: float
    failed: float
    successRate: Optional[float]
    p50: Optional[float]
    p95: Optional[float]
    pending: float
    hours: List[WebhookHourDto]


class _WebhookFilterDtoRequired(TypedDict):
    operator: Literal["=", "!=", "in", "contains", "exists", "absent", ">", ">=", "<", "<="]
    field: str


class WebhookFilterDto(_WebhookFilterDtoRequired, total=False):
    """As the API describes it.

    - operator: `exists` and `absent` take no value, `in` takes a list.
    - value: What the field is compared with: a text, a number, true, false or null; for `in` a list of them.
    - field: A field of the envelope, from the top down: `data.lead.status`, `actor.type`.
    """
    value: Union[str, float, bool, List[Union[str, float, bool]]]


class WebhookHourDto(TypedDict):
    """As the API describes it.

    - at: When it began.
    - delivered: Attempts that the receiver answered with success.
    - failed: All others.
    - p50: Milliseconds that half of the attempts took at most; null without any.
    - p95: Milliseconds that 95 of 100 attempts took at most.
    """
    at: str
    delivered: float
    failed: float
    p50: Optional[float]
    p95: Optional[float]


class WebhookListDto(TypedDict):
    """As the API describes it.

    - items: The newest first.
    - nextCursor: Always null: a workspace has 50 endpoints at most.
    - asOf: The log's head when it was read.
    """
    items: List[WebhookDto]
    nextCursor: Optional[str]
    asOf: float


class WebhookMakerDto(TypedDict):
    """As the API describes it.

    - id: The member's user id.
    - name: As colleagues see them.
    """
    id: str
    name: str


class WebhookSnapshotDto(TypedDict):
    """As the API describes it.

    - kind: How the body is written: the envelope, or words for people.
    - eventTypes: Empty: all that its maker may see.
    - disabledReason: Why they are not.
    - id: Of the endpoint.
    - url: Where events are delivered.
    - description: What it is for.
    - filters: Conditions on fields of the event; all of them have to hold.
    - headerNames: Names of the headers that are sent along; their values are not shown again.
    - ordered: One at a time for each conversation, in the log's order.
    - asymmetric: Signed with Ed25519 (`v1a`) too.
    - publicKey: `whpk_…`, to verify `v1a` signatures with; null when it is not asymmetric.
    - enabled: Whether events are delivered.
    - disabledAt: Since when they are not.
    - failingSince: Since when nothing but failures came back; null after a success.
    - oldSecretsUntil: Until when each replaced secret signs too.
    - maker: With whose rights events are delivered: who made it, or last changed its address, types or filters.
    - createdAt: When it was made.
    - updatedAt: When a setting was last changed.
    - backlog: What waits to be delivered.
    - asOf: The log's head when it was read.
    """
    kind: Literal["standard", "slack", "discord"]
    eventTypes: List[str]
    disabledReason: Optional[Literal["switched_off", "gone", "failing", "maker_left"]]
    id: str
    url: str
    description: Optional[str]
    filters: List[WebhookFilterDto]
    headerNames: List[str]
    ordered: bool
    asymmetric: bool
    publicKey: Optional[str]
    enabled: bool
    disabledAt: Optional[str]
    failingSince: Optional[str]
    oldSecretsUntil: List[str]
    maker: WebhookMakerDto
    createdAt: str
    updatedAt: str
    backlog: WebhookBacklogDto
    asOf: float


class _WebhookTestDtoRequired(TypedDict):
    requestHeaders: Dict[str, str]
    at: str
    responseStatus: Optional[float]
    durationMs: float
    responseBody: str
    eventId: str
    delivered: bool
    payload: str


class WebhookTestDto(_WebhookTestDtoRequired, total=False):
    """As the API describes it.

    - requestHeaders: As they were sent; values of headers of one's own are left out.
    - at: When it was made.
    - responseStatus: Null when no answer came.
    - durationMs: Milliseconds from the look-up of the name to the end of the answer.
    - error: Why it counts as a failure, in words; absent for a success.
    - responseBody: The first 4 KiB of the answer, as text.
    - eventId: The event's id, as in `webhook-id`.
    - delivered: Whether the answer counts as a success.
    - payload: The body that was sent.
    """
    error: str


class WorkspaceChangeDto(TypedDict, total=False):
    """As the API describes it.

    - name: Its name.
    """
    name: str


class WorkspaceDto(TypedDict):
    """As the API describes it.

    - id: Its id, a UUID of version 7: sorted by it is sorted by time.
    - name: Its name.
    - createdAt: When it was made.
    - demo: True for the workspace of made-up leads.
    """
    id: str
    name: str
    createdAt: str
    demo: bool


class WorkspacePoliciesDto(TypedDict):
    """As the API describes it.

    - secondFactorRequired: Every member needs a second factor; passwords may then be 8 characters long.
    - ssoOnly: Passwords are not taken; owners marked as break-glass keep theirs.
    - sessionIdleDays: Days after which an unused session ends.
    - sessionMaxDays: Days after which any session ends.
    - allowedEmailDomains: Mail domains that invited people may have, for example example.com; empty for any.
    - allowedNetworks: Networks (CIDR) from which the workspace can be used, for example 192.0.2.0/24; empty for any.
    """
    secondFactorRequired: bool
    ssoOnly: bool
    sessionIdleDays: float
    sessionMaxDays: float
    allowedEmailDomains: List[str]
    allowedNetworks: List[str]
