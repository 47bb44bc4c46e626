"""What demo/src/collector/run asks of the Collector's files: configurations, sends, reads."""

import json
import re
import sys
import time
import urllib.request

TRACE = "5b8efff798038103d269b633813fc60c"


def configurations(page, folder):
    """Takes the configurations out of the docs, and adds one that writes files in place of the backend."""
    text = open(page).read()
    for name in ("reads", "writes"):
        block = re.search(r"```yaml\n# collector: " + name + r"\n(.*?)```", text, re.S)
        open(f"{folder}/{name}.yaml", "w").write(block.group(1))
    pipelines = "".join(
        f"    {kind}:\n      receivers: [kafka]\n      exporters: [file/{kind}]\n" for kind in ("logs", "metrics", "traces")
    )
    files = "".join(
        f"  file/{kind}:\n    path: {folder}/{kind}.json\n    flush_interval: 200ms\n" for kind in ("logs", "metrics", "traces")
    )
    open(f"{folder}/to-files.yaml", "w").write(
        f"exporters:\n{files}service:\n  telemetry:\n    metrics:\n      level: none\n  pipelines:\n{pipelines}"
    )
    with open(f"{folder}/writes.yaml", "a") as file:
        file.write("  telemetry:\n    metrics:\n      level: none\n")


def post(url, body):
    request = urllib.request.Request(url, json.dumps(body).encode(), {"Content-Type": "application/json"})
    assert urllib.request.urlopen(request).status == 200


def sends(url):
    """One log record, one counter and one span, as OTLP/JSON; the Collector makes protobuf of it."""
    now = time.time_ns()
    resource = {"attributes": [{"key": "service.name", "value": {"stringValue": "proof-writes"}}]}
    post(f"{url}/v1/logs", {"resourceLogs": [{"resource": resource, "scopeLogs": [{"logRecords": [{
        "timeUnixNano": str(now), "severityText": "INFO", "severityNumber": 9, "traceId": TRACE, "spanId": TRACE[:16],
        "body": {"stringValue": "written by a Collector"}}]}]}]})
    post(f"{url}/v1/metrics", {"resourceMetrics": [{"resource": resource, "scopeMetrics": [{"metrics": [{
        "name": "proof.written", "sum": {"aggregationTemporality": 2, "isMonotonic": True, "dataPoints": [{
            "startTimeUnixNano": str(now - 10**9), "timeUnixNano": str(now), "asInt": "42"}]}}]}]}]})
    post(f"{url}/v1/traces", {"resourceSpans": [{"resource": resource, "scopeSpans": [{"spans": [{
        "traceId": TRACE, "spanId": TRACE[:16], "name": "span by a Collector", "kind": 1,
        "startTimeUnixNano": str(now - 10**6), "endTimeUnixNano": str(now)}]}]}]})


def attributes(of):
    return {each["key"]: next(iter(each["value"].values()), None) for each in of.get("attributes", [])}


def entries(folder, kind, outer, scopes, inner):
    """Each entry with the attributes of its resource."""
    found = []
    for line in open(f"{folder}/{kind}.json"):
        if not line.endswith("\n"):
            break  # is being written just now
        for part in json.loads(line)[outer]:
            for scope in part[scopes]:
                found += [(attributes(part["resource"]), each) for each in scope[inner]]
    return found


def require(holds, rule):
    if not holds:
        sys.exit(f"collector: {rule}")
    print(f"  {rule}")


def has(given, *names):
    return [name for name in names if given.get(name) in (None, "")] == []


def reads(folder):
    check_logs(entries(folder, "logs", "resourceLogs", "scopeLogs", "logRecords"))
    check_metrics(entries(folder, "metrics", "resourceMetrics", "scopeMetrics", "metrics"))
    check_spans(entries(folder, "traces", "resourceSpans", "scopeSpans", "spans"))
    print("collector: what probes said was read from all three topics")


def check_logs(logs):
    ours = [(resource, log, attributes(log)) for resource, log in logs if has(attributes(log), "plumbline.probe.id")]
    require(len(ours) > 50, "log records of probes were read")
    require(all(has(r, "service.name", "service.instance.id", "host.name", "process.pid") for r, _, _ in ours),
            "resources have service.name, service.instance.id, host.name, process.pid")
    require(all(has(a, "code.function.name", "code.line.number", "thread.name", "log.record.uid") for _, _, a in ours),
            "log records have code.function.name, code.line.number, thread.name, log.record.uid")
    require(all(re.fullmatch("[0-9a-f]{32}", log.get("traceId", "")) for _, log, _ in ours), "log records have their trace's id")
    order = [log for _, log, a in ours if a["plumbline.probe.id"] == "orders"][0]
    require(re.match(r"order o-\S+ of .* EUR$", order["body"]["stringValue"]), "a template's text is the record's body")
    require(len({a["log.record.uid"] for _, _, a in ours}) == len(ours), "no two records have one log.record.uid")
    snapshots = [a for _, log, a in ours if log.get("eventName") == "plumbline.snapshot"]
    require(len(snapshots) == 5 and all(has(a, "plumbline.values", "code.stacktrace") for a in snapshots),
            "five snapshots, by their event name, have plumbline.values and code.stacktrace")
    thrown = [(log, a) for _, log, a in ours if log.get("eventName") == "exception"]
    require(thrown and all(has(a, "exception.type", "exception.message", "exception.stacktrace") for _, a in thrown),
            "exceptions, by their event name, have exception.type, exception.message, exception.stacktrace")
    require(thrown[0][1]["exception.type"] == "java.lang.IllegalArgumentException" and thrown[0][0]["severityNumber"] == 17,
            "an exception's type and severity are as they are")


def check_metrics(metrics):
    by_name = {}
    for _, metric in metrics:
        by_name.setdefault(metric["name"], []).append(metric)
    histogram = by_name["shop.order.value"][-1]
    points = histogram["histogram"]["dataPoints"]
    require(histogram["unit"] == "EUR" and histogram["histogram"]["aggregationTemporality"] == 2, "a histogram is cumulative, with its unit")
    require(points[0]["explicitBounds"] == [10, 25, 50, 100, 200, 400, 800, 1600], "its bounds are those of the probe")
    require(sum(map(int, points[0]["bucketCounts"])) == int(points[0]["count"]), "its buckets add up to its count")
    exemplars = [e for m in by_name["shop.order.value"] for p in m["histogram"]["dataPoints"] for e in p.get("exemplars", [])]
    require(exemplars and all(re.fullmatch("[0-9a-f]{32}", e.get("traceId", "")) for e in exemplars), "its exemplars have trace ids")
    counter = by_name["shop.orders"][-1]["sum"]
    require(counter["isMonotonic"] and all("startTimeUnixNano" in p for p in counter["dataPoints"]), "a counter is monotonic and has a start time")
    require({attributes(p)["tier"] for p in counter["dataPoints"]} <= {"GOLD", "SILVER", "STANDARD"}, "its label is the expression's value")
    require("gauge" in by_name["proof.cents"][-1], "a gauge is a gauge")
    require("plumbline.span.duration" in by_name, "durations of spans are a histogram")


def check_spans(spans):
    ours = [(span, attributes(span)) for _, span in spans if attributes(span).get("plumbline.probe.id") == "proof-span"]
    require(len(ours) > 20, "spans between two services were read")
    require(all(a["plumbline.latency.basis"] == "host" for _, a in ours), "they say how their duration is known")
    require(all(int(s["endTimeUnixNano"]) > int(s["startTimeUnixNano"]) and s.get("parentSpanId") for s, _ in ours),
            "they end after they start, below the span of the request")


if __name__ == "__main__":
    globals()[sys.argv[1]](*sys.argv[2:])
