"""Sends the same words many times by Apprise as a library, and tells how it went as one line of JSON."""

import json
import sys
import time

import apprise

url, count, per_second = sys.argv[1], int(sys.argv[2]), float(sys.argv[3])
desk = apprise.Apprise()
if not desk.add(url):
    sys.exit("Apprise does not take the address")
if per_second > 0:
    # Its own throttle: so long it waits between two requests.
    desk.servers[0].request_rate_per_sec = 1 / per_second
sent = 0
began = time.monotonic()
for number in range(count):
    if desk.notify(title="Учение", body=f"Сообщение {number}: связь проверяется"):
        sent += 1
seconds = time.monotonic() - began
print(json.dumps({"version": apprise.__version__, "sent": sent, "seconds": seconds}))
