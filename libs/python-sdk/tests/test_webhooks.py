"""Against signatures that the public standardwebhooks package made; WEBHOOK_VECTORS names the file they are in."""

import json
import os
import unittest

from threadline import InvalidSignature, Webhook

with open(os.environ["WEBHOOK_VECTORS"], encoding="utf-8") as file:
    VECTORS = json.load(file)


class GenuineWebhooks(unittest.TestCase):
    def test_every_vector_is_verified(self) -> None:
        self.assertGreaterEqual(len(VECTORS), 3)
        for vector in VECTORS:
            event = Webhook(vector["secret"]).verify(vector["body"].encode(), vector["headers"], now=vector["now"])
            self.assertEqual(event, json.loads(vector["body"]))

    def test_headers_are_found_in_any_case_and_the_prefix_may_be_left_out(self) -> None:
        vector = VECTORS[0]
        headers = {name.upper(): value for name, value in vector["headers"].items()}
        Webhook(vector["secret"].replace("whsec_", "")).verify(vector["body"], headers, now=vector["now"])

    def test_one_good_signature_among_others_is_enough(self) -> None:
        vector = VECTORS[0]
        headers = dict(vector["headers"])
        headers["webhook-signature"] = "v1,AAAA v1a,BBBB " + headers["webhook-signature"]
        Webhook(vector["secret"]).verify(vector["body"], headers, now=vector["now"])


class ForgedWebhooks(unittest.TestCase):
    def refused(self, **change: object) -> None:
        given = {**VECTORS[0], **change}
        with self.assertRaises(InvalidSignature):
            Webhook(given["secret"]).verify(given["body"], given["headers"], now=given["now"])

    def test_an_altered_body_is_refused(self) -> None:
        self.refused(body=VECTORS[0]["body"] + " ")

    def test_another_secret_is_refused(self) -> None:
        self.refused(secret=VECTORS[1]["secret"])

    def test_a_time_far_from_now_is_refused(self) -> None:
        self.refused(now=VECTORS[0]["now"] + 301)
        self.refused(now=VECTORS[0]["now"] - 301)

    def test_another_id_time_or_version_is_refused(self) -> None:
        headers = VECTORS[0]["headers"]
        self.refused(headers={**headers, "webhook-id": "another"})
        self.refused(headers={**headers, "webhook-timestamp": "soon"})
        self.refused(headers={**headers, "webhook-signature": headers["webhook-signature"].replace("v1,", "v2,")})
        self.refused(headers={**headers, "webhook-signature": "v1,\u00e9"})
        self.refused(headers={})

    def test_what_is_no_secret_is_said_so(self) -> None:
        for secret in ("", "whsec_", "whsec_***"):
            with self.assertRaises(ValueError):
                Webhook(secret)
