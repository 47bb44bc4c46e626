package io.plumbline.exporters.datadog;

import io.plumbline.exporters.Outcome;
import io.plumbline.exporters.signal.Signal;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Sends signals of one kind, in their order and in as many requests as the limits ask for. After a failure that may pass
 * the rest is not tried, for what is told later may build on what was told before.
 */
final class ArrayRequests {
    private final Intake intake;
    private final Entries entries;
    private final Form form;

    /**
     * The form of a request.
     *
     * @param maxBytes unpacked; a single signal above it is sent alone
     */
    record Form(String path, String before, String after, int maxSignals, int maxBytes) {}

    /** What fits into one request, from a place in the batch on. */
    private final class Request {
        private final ByteArrayOutputStream body = new ByteArrayOutputStream(16_384);
        private final List<Integer> indexes = new ArrayList<>();
        private int next;

        Request(int from) {
            this.next = from;
            entries.begin();
        }

        void fill(List<Signal> batch, List<Integer> places, Verdict verdict) {
            while (next < places.size() && indexes.size() < form.maxSignals()) {
                int place = places.get(next);
                try {
                    byte[] bytes = entries.write(batch.get(place));
                    if (body.size() > 0 && body.size() + bytes.length + 64 > form.maxBytes()) {
                        return;
                    }
                    add(bytes);
                    entries.keep();
                    indexes.add(place);
                } catch (UnfitException e) {
                    verdict.unfit(place, e.getMessage());
                }
                next++;
            }
        }

        private void add(byte[] bytes) {
            if (bytes.length > 0) {
                body.writeBytes(ascii(body.size() == 0 ? form.before() : ","));
                body.writeBytes(bytes);
            }
        }

        Outcome send() throws InterruptedException {
            if (body.size() == 0) {
                return Outcome.delivered();
            }
            body.writeBytes(ascii(form.after()));
            return intake.postJson(form.path(), body.toByteArray());
        }
    }

    ArrayRequests(Intake intake, Entries entries, Form form) {
        this.intake = intake;
        this.entries = entries;
        this.form = form;
    }

    /** @param places of the kind's signals in the batch */
    void send(List<Signal> batch, List<Integer> places, Verdict verdict) throws InterruptedException {
        int next = 0;
        while (next < places.size()) {
            Request request = new Request(next);
            request.fill(batch, places, verdict);
            next = request.next;
            Outcome outcome = request.send();
            if (outcome instanceof Outcome.Delivered) {
                entries.commit();
            } else if (outcome instanceof Outcome.Rejected) {
                verdict.failed(request.indexes, outcome);
            } else {
                List<Integer> left = new ArrayList<>(request.indexes);
                left.addAll(places.subList(next, places.size()));
                verdict.failed(left, outcome);
                return;
            }
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
