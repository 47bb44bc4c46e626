package io.plumbline.pipeline.faults;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.google.protobuf.ByteString;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.LogsData;
import io.opentelemetry.proto.logs.v1.ResourceLogs;
import io.opentelemetry.proto.logs.v1.ScopeLogs;
import io.opentelemetry.proto.resource.v1.Resource;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.TracesData;
import io.plumbline.config.wire.SignalAttributes;
import io.plumbline.config.wire.Topics;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** One exporter: its settings, the signals that it takes, and what its backend says. */
enum Dialect {
    ELASTICSEARCH(Topics.LOGS, true) {
        @Override
        Map<String, String> settings(String url) {
            return Map.of("elasticsearch.url", url, "elasticsearch.request-timeout", TIMEOUT);
        }

        @Override
        String setup(String method) {
            return method.equals("GET") ? "{\"version\":{\"number\":\"8.15.0\"}}" : "{\"acknowledged\":true}";
        }

        @Override
        boolean isSetup(String path) {
            return !path.contains("_bulk");
        }

        @Override
        String taken(Collection<Integer> numbers, IntPredicate known) {
            return numbers.stream()
                    .map(number -> item(known.test(number) ? 409 : 201))
                    .collect(Collectors.joining(",", "{\"items\":[", "]}"));
        }

        @Override
        String partial(Collection<Integer> numbers, IntPredicate taken, int status) {
            return numbers.stream()
                    .map(number -> item(taken.test(number) ? 201 : status))
                    .collect(Collectors.joining(",", "{\"errors\":true,\"items\":[", "]}"));
        }

        private String item(int status) {
            String error = status < 400 || status == 409 ? "" : ",\"error\":{\"type\":\"t\",\"reason\":\"r\"}";
            return "{\"create\":{\"status\":" + status + error + "}}";
        }
    },
    JAEGER(Topics.SPANS, true) {
        @Override
        Map<String, String> settings(String url) {
            return Map.of("jaeger.url", url, "jaeger.request-timeout", TIMEOUT);
        }
    },
    SENTRY(Topics.LOGS, false) {
        @Override
        Map<String, String> settings(String url) {
            return Map.of("sentry.dsn", url.replace("http://", "http://key@") + "/1", "sentry.timeout", TIMEOUT);
        }
    },
    DATADOG(Topics.LOGS, false) {
        @Override
        Map<String, String> settings(String url) {
            return Map.of(
                    "datadog.api-key",
                    "0123456789abcdef0123456789abcdef",
                    "datadog.logs.url",
                    url,
                    "datadog.api.url",
                    url,
                    "datadog.timeout",
                    TIMEOUT);
        }
    };

    private static final String TIMEOUT = "1s";
    private static final Pattern NUMBER = Pattern.compile("~(\\d+)~");

    final String topic;

    /** Whether the backend knows a signal that comes twice by its id, so that it is there once. */
    final boolean knowsIds;

    Dialect(String topic, boolean knowsIds) {
        this.topic = topic;
        this.knowsIds = knowsIds;
    }

    String exporter() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What the exporter is told. */
    abstract Map<String, String> settings(String url);

    /** Whether a request is no signals. */
    boolean isSetup(String path) {
        return false;
    }

    /** The answer to such a request. */
    String setup(String method) {
        return "";
    }

    /**
     * The answer to signals that were taken.
     *
     * @param known whether one was there before
     */
    String taken(Collection<Integer> numbers, IntPredicate known) {
        return "";
    }

    /** The answer where some were not; null where the backend has no such answer. */
    String partial(Collection<Integer> numbers, IntPredicate taken, int status) {
        return null;
    }

    /** The numbers of the signals in a request, in their order. */
    static Set<Integer> numbers(byte[] body) {
        Set<Integer> numbers = new LinkedHashSet<>();
        Matcher matcher = NUMBER.matcher(new String(body, ISO_8859_1));
        while (matcher.find()) {
            numbers.add(Integer.parseInt(matcher.group(1)));
        }
        return numbers;
    }

    /** One Kafka record with signals of these numbers, each of about so many bytes. */
    byte[] record(Collection<Integer> numbers, int bytes) {
        return topic.equals(Topics.SPANS) ? spans(numbers) : logs(numbers, bytes);
    }

    private static byte[] logs(Collection<Integer> numbers, int bytes) {
        ScopeLogs.Builder scope = ScopeLogs.newBuilder();
        for (int number : numbers) {
            String text = "~" + number + "~";
            scope.addLogRecords(LogRecord.newBuilder()
                    .setTimeUnixNano(System.currentTimeMillis() * 1_000_000)
                    .setSeverityNumberValue(9)
                    .setEventName("plumbline.snapshot")
                    .setBody(text(text + ".".repeat(bytes)))
                    .addAttributes(attribute(SignalAttributes.PROBE_ID, "numbered"))
                    .addAttributes(attribute(SignalAttributes.RECORD_UID, text)));
        }
        return LogsData.newBuilder()
                .addResourceLogs(ResourceLogs.newBuilder().setResource(SHOP).addScopeLogs(scope))
                .build()
                .toByteArray();
    }

    private static byte[] spans(Collection<Integer> numbers) {
        ScopeSpans.Builder scope = ScopeSpans.newBuilder();
        for (int number : numbers) {
            long now = System.currentTimeMillis() * 1_000_000;
            scope.addSpans(Span.newBuilder()
                    .setTraceId(ByteString.copyFrom(ByteBuffer.allocate(16)
                            .putLong(1)
                            .putLong(number + 1L)
                            .array()))
                    .setSpanId(ByteString.copyFrom(
                            ByteBuffer.allocate(8).putLong(number + 1L).array()))
                    .setName("~" + number + "~")
                    .setStartTimeUnixNano(now)
                    .setEndTimeUnixNano(now + 1)
                    .addAttributes(attribute(SignalAttributes.PROBE_ID, "numbered")));
        }
        return TracesData.newBuilder()
                .addResourceSpans(ResourceSpans.newBuilder().setResource(SHOP).addScopeSpans(scope))
                .build()
                .toByteArray();
    }

    private static final Resource SHOP = Resource.newBuilder()
            .addAttributes(attribute("service.name", "shop"))
            .build();

    private static KeyValue attribute(String key, String value) {
        return KeyValue.newBuilder().setKey(key).setValue(text(value)).build();
    }

    private static AnyValue text(String value) {
        return AnyValue.newBuilder().setStringValue(value).build();
    }
}
