package io.plumbline.pipeline.faults;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.plumbline.config.wire.Topics;
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
    },

    /** Of records that say the same its messages have the count only, so each number has a group of its own. */
    WEBHOOK(Topics.LOGS, false) {
        private static final Pattern GROUP = Pattern.compile("\"fingerprint\":\"~(\\d+)~\",\"count\":(\\d+)");

        @Override
        Map<String, String> settings(String url) {
            return Map.of("webhook.url", url, "webhook.timeout", TIMEOUT, "webhook.interval", "10ms");
        }

        @Override
        Set<Integer> numbers(byte[] body) {
            Set<Integer> numbers = new LinkedHashSet<>();
            Matcher groups = GROUP.matcher(new String(body, ISO_8859_1));
            while (groups.find()) {
                if (!groups.group(2).equals("1") || !numbers.add(Integer.parseInt(groups.group(1)))) {
                    throw new IllegalStateException("counted more than once: " + groups.group());
                }
            }
            return numbers;
        }

        @Override
        byte[] record(Collection<Integer> numbers, int bytes) {
            return Numbered.logs(numbers, bytes, Map.of("plumbline.exception.fingerprint", "~%d~"));
        }
    },

    /** Its backend fetches; a counter that comes twice says the same. */
    PROMETHEUS(Topics.METRICS, true) {
        @Override
        Map<String, String> settings(String url) {
            return Map.of("prometheus.port", "0");
        }

        @Override
        boolean isScraped() {
            return true;
        }

        @Override
        byte[] record(Collection<Integer> numbers, int bytes) {
            return Numbered.counters(numbers);
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

    /** Whether nothing is sent to its backend, and nothing answered. */
    boolean isScraped() {
        return false;
    }

    /** The numbers of the signals in a request, in their order. */
    Set<Integer> numbers(byte[] body) {
        Set<Integer> numbers = new LinkedHashSet<>();
        Matcher matcher = NUMBER.matcher(new String(body, ISO_8859_1));
        while (matcher.find()) {
            numbers.add(Integer.parseInt(matcher.group(1)));
        }
        return numbers;
    }

    /** One Kafka record with signals of these numbers, each of about so many bytes. */
    byte[] record(Collection<Integer> numbers, int bytes) {
        return topic.equals(Topics.SPANS) ? Numbered.spans(numbers) : Numbered.logs(numbers, bytes, Map.of());
    }
}
