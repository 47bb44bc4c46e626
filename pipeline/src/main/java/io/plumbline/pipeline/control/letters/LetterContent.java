package io.plumbline.pipeline.control.letters;

import io.plumbline.exporters.signal.MalformedRecordException;
import io.plumbline.exporters.signal.OtlpDecoder;
import io.plumbline.exporters.signal.OtlpPicker;
import io.plumbline.exporters.signal.Signal;
import io.plumbline.exporters.signal.SignalKind;
import io.plumbline.pipeline.control.http.Problem;
import io.plumbline.pipeline.control.tail.SignalForm;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.Set;

/** What is in a dead letter: its signals, each alone as OTLP; or bytes that are none. */
final class LetterContent {
    private static final int SHOWN_BYTES = 256;

    private LetterContent() {}

    /**
     * The signals that were given up, each as a record of its own.
     *
     * @throws Problem saying why there are none
     */
    static Collection<byte[]> signals(Letter letter, byte[] value) {
        if (letter.head().isPoison() || value == null) {
            throw Problem.conflict("dead letter " + letter.id() + " can't be sent again: its " + letter.bytes()
                    + " bytes are no OTLP, and every exporter would refuse them; 'plumb deadletters show "
                    + letter.id() + "' shows them");
        }
        SignalKind kind = kind(letter)
                .orElseThrow(() -> Problem.conflict("dead letter " + letter.id()
                        + " can't be sent again: it does not say whether it is a log, a metric or a span: '"
                        + letter.head().kind() + "'"));
        if (letter.head().alone()) {
            return List.of(value);
        }
        try {
            return OtlpPicker.pick(kind, value, Set.copyOf(letter.head().indices()))
                    .values();
        } catch (MalformedRecordException e) {
            throw Problem.conflict("dead letter " + letter.id() + " can't be sent again: " + e.getMessage());
        }
    }

    /** As plain values, for JSON: {@code signals}, or {@code raw} with a {@code note}. */
    static Map<String, Object> map(Letter letter, byte[] value) {
        Map<String, Object> map = new LinkedHashMap<>();
        try {
            SignalKind kind = kind(letter).orElseThrow();
            List<Map<String, Object>> signals = new ArrayList<>();
            for (byte[] alone : signals(letter, value)) {
                OtlpDecoder.decode(kind, alone).signals().forEach(signal -> signals.add(form(signal)));
            }
            map.put("signals", signals);
        } catch (Problem | MalformedRecordException | NoSuchElementException e) {
            byte[] first = value == null ? new byte[0] : Arrays.copyOf(value, Math.min(SHOWN_BYTES, value.length));
            map.put("raw", HexFormat.of().formatHex(first));
            map.put("note", "these bytes are no OTLP, so they can't be sent again");
        }
        return map;
    }

    private static Map<String, Object> form(Signal signal) {
        Map<String, Object> form = SignalForm.of(signal);
        form.put("attributes", signal.attributes());
        form.put("resource", signal.resource().attributes());
        return form;
    }

    private static Optional<SignalKind> kind(Letter letter) {
        return Arrays.stream(SignalKind.values())
                .filter(kind -> kind.name()
                        .toLowerCase(Locale.ROOT)
                        .equals(letter.head().kind()))
                .findFirst();
    }
}
