package io.plumbline.exporters.datadog;

import io.plumbline.exporters.Outcome;
import io.plumbline.exporters.http.Answer;
import io.plumbline.exporters.signal.OtlpEncoder;
import io.plumbline.exporters.signal.Signal;
import java.util.List;
import java.util.Optional;

/**
 * Hands spans to an Agent or Collector by OTLP, as they came. Without an address they go nowhere and count as delivered:
 * the host gives every kind that the factory takes, and spans that nobody asked to see are no loss.
 */
final class SpanRequests {
    private final Optional<Intake> intake;

    SpanRequests(Optional<Intake> intake) {
        this.intake = intake;
    }

    void send(List<Signal> batch, List<Integer> places, Verdict verdict) throws InterruptedException {
        if (places.isEmpty() || intake.isEmpty()) {
            return;
        }
        byte[] request = OtlpEncoder.spans(places.stream().map(batch::get).toList());
        Outcome outcome = intake.get()
                .post("/v1/traces", "application/x-protobuf", request, answer -> taken(answer, places.size()));
        if (!(outcome instanceof Outcome.Delivered)) {
            verdict.failed(places, outcome);
        }
    }

    /** A backend that takes a batch in part does not say which spans it left. */
    private static Outcome taken(Answer answer, int spans) {
        OtlpEncoder.Rejected rejected = OtlpEncoder.rejectedSpans(answer.bytes());
        return rejected.rejected() == 0
                ? Outcome.delivered()
                : new Outcome.Rejected("the backend took " + (spans - rejected.rejected()) + " of " + spans + " spans: "
                        + rejected.message());
    }
}
