"""Against a running server: THREADLINE_URL and THREADLINE_KEY name it."""

import os
import unittest
import uuid

from threadline import Conflict, Forbidden, InvalidInput, NotFound, Threadline, Unauthenticated

URL = os.environ["THREADLINE_URL"]
KEY = os.environ["THREADLINE_KEY"]


class TheApi(unittest.TestCase):
    def setUp(self) -> None:
        self.client = Threadline(URL, KEY)

    def test_a_lead_is_made_read_changed_and_written_to(self) -> None:
        email = f"lin.{uuid.uuid4().hex}@example.com"
        lead = self.client.leads.create({"name": "Lin Ö", "email": email})
        self.assertEqual(self.client.leads.lead(lead["id"])["name"], "Lin Ö")
        changed = self.client.leads.change(lead["id"], {"status": "qualified"})
        self.assertEqual((changed["status"], changed["email"]), ("qualified", email))
        message = self.client.messages.send(lead["id"], {"channel": "email", "subject": "Offer", "content": "Hello"})
        self.assertEqual((message["leadId"], message["direction"]), (lead["id"], "outbound"))
        self.client.leads.delete(lead["id"])
        with self.assertRaises(NotFound):
            self.client.leads.lead(lead["id"])

    def test_pages_turn_by_themselves(self) -> None:
        tag = uuid.uuid4().hex[:12]
        made = [self.client.leads.create({"name": f"Lead {number}", "tags": [tag]})["id"] for number in range(5)]
        page = self.client.leads.list(tag=tag, limit=2)
        self.assertEqual(len(page["items"]), 2)
        self.assertIsNotNone(page["nextCursor"])
        found = [lead["id"] for lead in self.client.leads.iterate_list(tag=tag, limit=2)]
        self.assertEqual(sorted(found), sorted(made))

    def test_the_same_idempotency_key_does_nothing_twice(self) -> None:
        key = str(uuid.uuid4())
        name = f"Once {key}"
        one, other = (self.client.leads.create({"name": name}, idempotency_key=key) for _ in range(2))
        self.assertEqual(one["id"], other["id"])
        self.assertEqual(len(list(self.client.leads.iterate_list(q=name))), 1)
        with self.assertRaises(Conflict) as refused:
            self.client.leads.create({"name": "Another"}, idempotency_key=key)
        self.assertEqual(refused.exception.code, "idempotency_key_reused")

    def test_refusals_say_what_is_wrong(self) -> None:
        with self.assertRaises(InvalidInput) as refused:
            self.client.leads.create({"name": ""})
        self.assertEqual(refused.exception.errors[0]["path"], "name")
        self.assertTrue(refused.exception.request_id)
        email = f"mo.{uuid.uuid4().hex}@example.com"
        first = self.client.leads.create({"name": "Mo", "email": email})
        with self.assertRaises(Conflict) as conflict:
            self.client.leads.create({"name": "Mo again", "email": email})
        self.assertEqual((conflict.exception.code, conflict.exception.current["id"]), ("duplicate", first["id"]))
        with self.assertRaises(Unauthenticated):
            Threadline(URL, "tl_wrong").leads.list()
        with self.assertRaises(Forbidden):
            self.client.members.list()

    def test_events_are_read_in_order(self) -> None:
        lead = self.client.leads.create({"name": "Heard of"})
        page = self.client.events.page(after=0, types="lead.created")
        subjects = [event["subject"]["id"] for event in page["items"]]
        self.assertIn(lead["id"], subjects)
        self.assertEqual([event["seq"] for event in page["items"]], sorted(event["seq"] for event in page["items"]))
