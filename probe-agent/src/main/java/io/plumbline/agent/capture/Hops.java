package io.plumbline.agent.capture;

import io.plumbline.config.probe.Action;
import io.plumbline.config.probe.Probe;
import io.plumbline.config.probe.ProbeReader;
import java.util.List;
import java.util.Optional;

/**
 * The agent's own probe at the end of OpenTelemetry's spans, in the application's SDK or the OpenTelemetry agent's. What it sees of
 * clients' and servers' spans tells how far the clocks of two hosts are apart: the client's begins before the server's and ends
 * after it. It is there while a probe with points in several instances is, and no person's.
 */
public final class Hops {
    /** No person's probe can have this id. */
    private static final String ID = "plumbline.hops/End";

    private static final String WHOLE = "plumbline.hops";
    private static final String NO_SPAN = "0000000000000000";
    private static final List<String> VALUES = List.of("kind", "span", "parent", "start", "end");

    private Hops() {}

    /** Its definition. A few hops a second are enough for a clock that drifts by millionths. */
    public static Probe probe() {
        String end = "{\"at\": \"io.opentelemetry.sdk.trace.SdkSpan#endInternal\", \"attributes\": {\"kind\": \"kind\","
                + " \"span\": \"context.spanId\", \"parent\": \"parentSpanContext.spanId\", \"start\": \"startEpochNanos\","
                + " \"end\": \"endEpochNanos\"}}";
        Probe whole = ProbeReader.wire("{\"id\": \"" + WHOLE + "\", \"span\": {\"by\": \"context.traceId\", \"points\":"
                + " {\"End\": " + end + ", \"Never\": " + end + "}}, \"limits\": {\"per-second\": 200}}");
        return whole.parts().get(0);
    }

    /** Whether an action is that probe's. */
    static boolean isHop(Probe probe, Action.Point action) {
        return probe.id().equals(ID) && action.point().name().equals("End");
    }

    /**
     * One side of a call.
     *
     * @param side {@code client} or {@code server}
     * @param span the client's span, which both sides know
     * @param start nanoseconds since the epoch by the side's own clock
     * @param end likewise
     * @param error by how many nanoseconds the tracer's clock and the agent's differ: the tracer sets its own at the beginning of a
     *     trace, and may have lost its core just then
     */
    record Hop(String side, String span, long start, long end, long error) {}

    /**
     * Reads what the probe captured; empty for a span that is neither a client's nor a called server's, and where its end was not
     * captured, for then nobody knows by how much the tracer's clock is off.
     *
     * @param values in the order of the probe's attributes
     * @param nowEpochNanos the agent's time of the hit, which is at the span's end
     */
    static Optional<Hop> read(List<String> values, long nowEpochNanos) {
        if (values.size() < VALUES.size()) {
            return Optional.empty();
        }
        boolean isClient = values.get(0).equals("CLIENT");
        boolean isServer = values.get(0).equals("SERVER");
        String span = values.get(isClient ? 1 : 2);
        try {
            long start = Long.parseLong(values.get(3));
            long end = Long.parseLong(values.get(4));
            boolean isHop =
                    (isClient || isServer) && !span.equals(NO_SPAN) && !span.equals("null") && start > 0 && end > 0;
            return isHop
                    ? Optional.of(
                            new Hop(isClient ? "client" : "server", span, start, end, Math.abs(nowEpochNanos - end)))
                    : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }
}
