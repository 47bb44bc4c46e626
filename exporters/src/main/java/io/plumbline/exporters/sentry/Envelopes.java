package io.plumbline.exporters.sentry;

import io.plumbline.exporters.http.Gzip;
import io.plumbline.exporters.signal.LogSignal;
import io.sentry.JsonSerializer;
import io.sentry.SentryEnvelope;
import io.sentry.SentryEnvelopeHeader;
import io.sentry.SentryEnvelopeItem;
import io.sentry.SentryEvent;
import io.sentry.SentryOptions;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Optional;

/**
 * Writes a log record as the envelope of one event, cut as far as Sentry's limits ask for. The same record gives the
 * same bytes, so there is no {@code sent_at}: it would correct the pipeline's clock, and times are the agent's.
 *
 * <p>Of Sentry's library only the classes of an event and their JSON are used; its options are empty ones, which start
 * nothing.
 */
final class Envelopes {

    /** The limits of Sentry's service for an event. */
    static final int MAX_BYTES = 1_000_000;

    static final int MAX_PACKED_BYTES = 200_000;

    private final JsonSerializer serializer = new JsonSerializer(SentryOptions.empty());
    private final Optional<ConsoleLink> console;

    /** @param console what events link to */
    Envelopes(Optional<ConsoleLink> console) {
        this.console = console;
    }

    /** Empty if the event is too large however it is cut. */
    Optional<byte[]> of(LogSignal log) {
        for (Bounds bounds : Bounds.STEPS) {
            byte[] envelope = write(Events.of(log, bounds, console));
            if (isTaken(envelope)) {
                return Optional.of(envelope);
            }
        }
        return Optional.empty();
    }

    private static boolean isTaken(byte[] envelope) {
        return envelope.length <= MAX_PACKED_BYTES
                || (envelope.length <= MAX_BYTES && Gzip.of(envelope).length <= MAX_PACKED_BYTES);
    }

    private byte[] write(SentryEvent event) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            SentryEnvelopeItem item = SentryEnvelopeItem.fromEvent(serializer, event);
            item.getData(); // throws where writing the envelope would leave the item out
            serializer.serialize(
                    new SentryEnvelope(new SentryEnvelopeHeader(event.getEventId(), event.getSdk()), List.of(item)),
                    bytes);
        } catch (Exception e) { // what Sentry's method declares
            throw new IllegalStateException("an event can always be written to memory", e);
        }
        return bytes.toByteArray();
    }
}
