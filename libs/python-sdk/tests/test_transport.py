"""What becomes of a call that does not go well, against a server that answers from a script."""

import json
import threading
import unittest
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import Any, Dict, List, Tuple

from threadline import ConnectionFailed, NotReady, PreconditionFailed, Threadline, ThreadlineError
from threadline._transport import Transport

Answer = Tuple[int, Dict[str, str], Any]


class Transports(unittest.TestCase):
    def setUp(self) -> None:
        self.answers: List[Answer] = []
        self.seen: List[Dict[str, Any]] = []
        case = self

        class Scripted(BaseHTTPRequestHandler):
            def answer(self) -> None:
                length = int(self.headers.get("Content-Length") or 0)
                body = self.rfile.read(length)
                case.seen.append({"path": self.path, "headers": dict(self.headers), "body": body})
                status, headers, content = case.answers.pop(0)
                if status == 0:
                    self.close_connection = True
                    return
                data = b"" if content is None else json.dumps(content).encode()
                self.send_response(status)
                for name, value in {**headers, "Content-Length": str(len(data))}.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(data)

            do_GET = do_POST = do_PATCH = do_DELETE = answer

            def log_message(self, *_: Any) -> None:
                return

        self.server = HTTPServer(("127.0.0.1", 0), Scripted)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        self.slept: List[float] = []
        address = f"http://127.0.0.1:{self.server.server_port}"
        self.transport = Transport(address, "tl_key", sleep=self.slept.append)

    def tearDown(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def test_429_and_503_are_tried_again_after_what_the_server_says(self) -> None:
        self.answers = [(429, {"Retry-After": "7"}, {}), (503, {"Retry-After": "2"}, {}), (200, {}, {"id": "1"})]
        self.assertEqual(self.transport.request("GET", "/x"), {"id": "1"})
        self.assertEqual(self.slept, [7.0, 2.0])

    def test_it_gives_up_after_three_more_tries_and_at_once_when_the_wait_is_long(self) -> None:
        self.answers = [(503, {"Retry-After": "1"}, {"code": "not_ready"})] * 4
        with self.assertRaises(NotReady):
            self.transport.request("GET", "/x")
        self.assertEqual(len(self.seen), 4)
        self.answers = [(503, {"Retry-After": "3600"}, {"code": "not_ready"})]
        with self.assertRaises(NotReady) as refused:
            self.transport.request("GET", "/x")
        self.assertEqual(refused.exception.retry_after, 3600.0)

    def test_a_broken_connection_is_tried_again_under_the_same_idempotency_key(self) -> None:
        self.answers = [(0, {}, None), (201, {}, {"id": "1"})]
        self.transport.request("POST", "/x", body={"a": 1}, idempotent=True)
        keys = {each["headers"]["Idempotency-Key"] for each in self.seen}
        self.assertEqual((len(self.seen), len(keys)), (2, 1))

    def test_what_could_be_done_twice_is_not_tried_again(self) -> None:
        self.answers = [(0, {}, None)]
        with self.assertRaises(ConnectionFailed):
            self.transport.request("PATCH", "/x", body={})
        self.assertEqual(len(self.seen), 1)

    def test_other_refusals_are_raised_at_once_with_their_code(self) -> None:
        self.answers = [(412, {}, {"code": "precondition_failed", "requestId": "r1"})]
        with self.assertRaises(PreconditionFailed) as refused:
            self.transport.request("PATCH", "/x", body={}, if_match='"1"')
        self.assertEqual((refused.exception.code, refused.exception.request_id), ("precondition_failed", "r1"))
        self.assertEqual(self.seen[0]["headers"]["If-Match"], '"1"')

    def test_a_redirect_is_not_followed_and_the_key_goes_nowhere_else(self) -> None:
        self.answers = [(302, {"Location": "http://127.0.0.1:1/"}, None)]
        with self.assertRaises(ThreadlineError) as refused:
            self.transport.request("GET", "/x")
        self.assertIn("302", str(refused.exception))


class Beginnings(unittest.TestCase):
    def test_a_key_that_is_none_is_refused_before_anything_is_sent(self) -> None:
        for key, words in [
            ("", "missing"),
            (None, "missing"),
            ("tl_…", "looks like tl_"),
            ("tl_...", "looks like tl_"),
            ("eyJhbGciOi.x.y", "looks like tl_"),
            ("tl_a\nb", "looks like tl_"),
        ]:
            with self.assertRaisesRegex(ValueError, words):
                Threadline("https://threads.example.com", key)  # type: ignore[arg-type]

    def test_an_address_that_is_none_is_refused_with_one_that_is(self) -> None:
        for address in ["", None, "threads.example.com", "ftp://threads.example.com", "https://", "https://…"]:
            with self.assertRaisesRegex(ValueError, "https://threads.example.com"):
                Threadline(address, "tl_key")  # type: ignore[arg-type]

    def test_the_path_of_the_api_may_be_part_of_the_address(self) -> None:
        for given in ["https://x.test", "https://x.test/", "https://x.test/api", "https://x.test/api/", " https://x.test "]:
            self.assertEqual(Transport(given, "tl_key")._base_url, "https://x.test")
        self.assertEqual(Transport("https://x.test/threads/api", "tl_key")._base_url, "https://x.test/threads")
