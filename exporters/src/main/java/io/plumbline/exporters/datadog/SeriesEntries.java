package io.plumbline.exporters.datadog;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.plumbline.exporters.signal.ExponentialHistogramSignal;
import io.plumbline.exporters.signal.GaugeSignal;
import io.plumbline.exporters.signal.HistogramSignal;
import io.plumbline.exporters.signal.MetricSignal;
import io.plumbline.exporters.signal.Signal;
import io.plumbline.exporters.signal.SumSignal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Points as entries: gauges as they are, counters as one count, histograms as a count for each bucket that grew, named
 * {@code .bucket} with its bounds as tags, one of all measurements, {@code .count}, and their sum, {@code .sum}.
 */
final class SeriesEntries implements Entries {
    private static final JsonFactory JSON = new JsonFactory();
    private static final Duration MAX_AGE = Duration.ofHours(1);
    private static final Duration MAX_AHEAD = Duration.ofMinutes(10);
    private static final int COUNT = 1;
    private static final int GAUGE = 3;

    private final List<String> tags;
    private final Deltas deltas;
    private final Clock clock;

    SeriesEntries(List<String> tags, Deltas deltas, Clock clock) {
        this.tags = tags;
        this.deltas = deltas;
        this.clock = clock;
    }

    /** Writes the entries of one signal. */
    private record Writer(ByteArrayOutputStream bytes, Deltas.Key key, Optional<String> unit, long second) {

        void entry(String suffix, int type, double value, List<String> moreTags) throws IOException {
            if (bytes.size() > 0) {
                bytes.write(',');
            }
            try (JsonGenerator json = JSON.createGenerator(bytes)) {
                json.writeStartObject();
                json.writeStringField("metric", key.metric() + suffix);
                json.writeNumberField("type", type);
                json.writeArrayFieldStart("points");
                json.writeStartObject();
                json.writeNumberField("timestamp", second);
                json.writeNumberField("value", value);
                json.writeEndObject();
                json.writeEndArray();
                writeHost(json);
                writeTags(json, moreTags);
                if (unit.isPresent()) {
                    json.writeStringField("unit", unit.get());
                }
                json.writeEndObject();
            }
        }

        private void writeHost(JsonGenerator json) throws IOException {
            if (!key.host().isEmpty()) {
                json.writeArrayFieldStart("resources");
                json.writeStartObject();
                json.writeStringField("name", key.host());
                json.writeStringField("type", "host");
                json.writeEndObject();
                json.writeEndArray();
            }
        }

        private void writeTags(JsonGenerator json, List<String> more) throws IOException {
            json.writeArrayFieldStart("tags");
            for (String tag : key.tags()) {
                json.writeString(tag);
            }
            for (String tag : more) {
                json.writeString(tag);
            }
            json.writeEndArray();
        }
    }

    @Override
    public void begin() {
        deltas.forget();
    }

    @Override
    public byte[] write(Signal signal) throws UnfitException {
        MetricSignal metric = (MetricSignal) signal;
        if (metric instanceof ExponentialHistogramSignal) {
            throw new UnfitException("exponential histograms are not sent to Datadog; let the producer of "
                    + metric.metric().name() + " use explicit bounds");
        }
        long time = time(metric);
        String name = Tags.metricName(metric.metric().name());
        Deltas.Key key = new Deltas.Key(name, Tags.host(metric.resource()), Tags.of(metric, tags));
        try {
            if (metric instanceof GaugeSignal gauge) {
                return gauge(gauge, key, time);
            } else if (metric instanceof SumSignal sum) {
                return sum(sum, key, time);
            } else {
                return histogram((HistogramSignal) metric, key, time);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("writing to memory failed", e);
        }
    }

    @Override
    public void keep() {
        deltas.keep();
    }

    @Override
    public void commit() {
        deltas.commit();
    }

    private byte[] gauge(GaugeSignal gauge, Deltas.Key key, long time) throws UnfitException, IOException {
        deltas.pass();
        Writer writer = writer(key, Units.of(gauge.metric().unit()), time / 1_000_000_000);
        writer.entry("", GAUGE, finite(gauge.value(), gauge), List.of());
        return writer.bytes().toByteArray();
    }

    private byte[] sum(SumSignal sum, Deltas.Key key, long time) throws UnfitException, IOException {
        finite(sum.value(), sum);
        Optional<Deltas.Delta> delta = deltas.of(key, CumulativePoint.of(sum, time));
        if (delta.isEmpty()) {
            return new byte[0];
        }
        Writer writer = writer(key, Units.of(sum.metric().unit()), delta.get().second());
        writer.entry("", COUNT, delta.get().counts()[0], List.of());
        return writer.bytes().toByteArray();
    }

    private byte[] histogram(HistogramSignal histogram, Deltas.Key key, long time) throws UnfitException, IOException {
        Optional<Deltas.Delta> delta = deltas.of(key, CumulativePoint.of(histogram, time));
        if (delta.isEmpty()) {
            return new byte[0];
        }
        double[] counts = delta.get().counts();
        Writer writer = writer(key, Optional.empty(), delta.get().second());
        double all = 0;
        for (int i = 0; i < counts.length; i++) {
            all += counts[i];
            if (counts[i] != 0) {
                writer.entry(".bucket", COUNT, counts[i], bounds(histogram.bounds(), i));
            }
        }
        writer.entry(".count", COUNT, all, List.of());
        if (Double.isFinite(delta.get().sum())) {
            Optional<String> unit = Units.of(histogram.metric().unit());
            new Writer(writer.bytes(), key, unit, delta.get().second())
                    .entry(".sum", COUNT, delta.get().sum(), List.of());
        }
        return writer.bytes().toByteArray();
    }

    private static Writer writer(Deltas.Key key, Optional<String> unit, long second) {
        return new Writer(new ByteArrayOutputStream(512), key, unit, second);
    }

    private static List<String> bounds(List<Double> bounds, int bucket) {
        List<String> tags = new ArrayList<>(2);
        tags.add("lower_bound:" + (bucket == 0 ? "-inf" : number(bounds.get(bucket - 1))));
        tags.add("upper_bound:" + (bucket == bounds.size() ? "inf" : number(bounds.get(bucket))));
        return tags;
    }

    private static String number(double bound) {
        return Double.isFinite(bound)
                ? BigDecimal.valueOf(bound).stripTrailingZeros().toPlainString()
                : bound > 0 ? "inf" : "-inf";
    }

    /** When it was measured, if Datadog takes that. */
    private long time(MetricSignal metric) throws UnfitException {
        long now = clock.millis() * 1_000_000;
        long time = metric.timeUnixNano() == 0 ? now : metric.timeUnixNano();
        if (now - time > MAX_AGE.toNanos()) {
            throw new UnfitException("Datadog takes points of the last hour; this one is "
                    + Duration.ofNanos(now - time).toMinutes()
                    + " minutes old. What a counter or histogram had added by then is in its next point");
        }
        if (time - now > MAX_AHEAD.toNanos()) {
            throw new UnfitException("Datadog takes points up to 10 minutes ahead; this one is "
                    + Duration.ofNanos(time - now).toMinutes() + " minutes ahead, check the clocks of "
                    + metric.resource().instance());
        }
        return time;
    }

    private static double finite(double value, MetricSignal metric) throws UnfitException {
        if (!Double.isFinite(value)) {
            throw new UnfitException(
                    "Datadog takes numbers only; " + metric.metric().name() + " is " + value);
        }
        return value;
    }
}
