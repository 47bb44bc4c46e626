package io.plumbline.pipeline.control.records;

import java.time.Duration;

/**
 * How long a request waits for Kafka before it is refused: longer than a cluster takes to replace a broker that died. Where that one was the active
 * controller too, Kafka's own settings make it some three seconds until there is another, and nine more until that one has new leaders. The CLI waits for longer.
 */
public final class KafkaPatience {
    public static final Duration REQUEST = Duration.ofSeconds(20);

    /** The same, for settings of clients. */
    public static final int REQUEST_MILLIS = (int) REQUEST.toMillis();

    /** One try of several. */
    public static final int TRY_MILLIS = REQUEST_MILLIS / 4;

    private KafkaPatience() {}
}
