package io.plumbline.exporters.signal;

import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.LogsData;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import java.util.ArrayList;
import java.util.List;

/** Reads OTLP log records. Every one of them can be represented. */
final class LogReader {

    private LogReader() {}

    static Decoded read(LogsData data) {
        List<Signal> signals = new ArrayList<>();
        for (ResourceLogs logs : data.getResourceLogsList()) {
            Resource resource = Resource.of(AnyValues.map(logs.getResource().getAttributesList()));
            for (ScopeLogs scope : logs.getScopeLogsList()) {
                scope.getLogRecordsList().forEach(record -> signals.add(log(resource, record)));
            }
        }
        return new Decoded(signals, List.of());
    }

    private static LogSignal log(Resource resource, LogRecord record) {
        Object body = AnyValues.value(record.getBody());
        return new LogSignal(
                resource,
                record.getTimeUnixNano(),
                record.getObservedTimeUnixNano(),
                record.getSeverityNumberValue(),
                record.getSeverityText(),
                body == null ? "" : body,
                AnyValues.map(record.getAttributesList()),
                AnyValues.hexId(record.getTraceId()),
                AnyValues.hexId(record.getSpanId()),
                record.getEventName(),
                record.getSerializedSize());
    }
}
