package io.plumbline.benchmarks.fleet;

import io.plumbline.benchmarks.fleet.FleetPage.Listing;
import io.plumbline.benchmarks.fleet.FleetPage.Standing;
import io.plumbline.pipeline.control.ControlPlane;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Many probes on the whole fleet at once: what listing them takes, whether a control plane that starts anew knows all that the one before knew,
 * and whether two side by side say the same.
 *
 * <p>Threads: one.
 */
final class FleetBoard {
    private static final int PROBES = Integer.getInteger("fleet.probes", 200);
    private static final int LOOKS = 20;
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final long LOOK_MILLIS = 10;

    private final int instances;
    private final Path folder;
    private final Map<String, Object> kafka;

    /**
     * @param folder of the control plane, with its key
     * @param kafka client settings
     */
    FleetBoard(int instances, Path folder, Map<String, Object> kafka) {
        this.instances = instances;
        this.folder = folder;
        this.kafka = kafka;
    }

    /** Sets the probes in one request and looks at them; ends the control plane, and its successors. */
    Standing run(ControlPlane first) throws IOException, InterruptedException {
        FleetApi api = new FleetApi(first.address());
        long from = System.nanoTime();
        api.set(definitions());
        double answered = millisSince(from);
        awaitAll(api);
        double all = millisSince(from);
        List<Listing> listings = listings(api);
        Map<String, String> before = known(api);
        first.close();

        from = System.nanoTime();
        try (ControlPlane again = ControlPlane.start(folder, 0, kafka, List::of)) {
            double started = millisSince(from);
            FleetApi anew = new FleetApi(again.address());
            awaitAll(anew);
            double whole = millisSince(from);
            boolean isSame = known(anew).equals(before);
            try (ControlPlane beside = ControlPlane.start(folder, 0, kafka, List::of)) {
                FleetApi other = new FleetApi(beside.address());
                awaitAll(other);
                boolean agree = known(other).equals(known(anew));
                return new Standing(
                        PROBES, answered, all, listings, started, whole, isSame, agree, seenBeside(anew, other));
            }
        }
    }

    private static String definitions() {
        return IntStream.range(0, PROBES)
                .mapToObj(i ->
                        "{\"id\": \"standing-%d\", \"at\": \"shop.Order:%d\", \"log\": \"paid {amount}\", \"on\": {\"percent\": \"10%%\"}}"
                                .formatted(i, i + 1))
                .collect(Collectors.joining(",", "[", "]"));
    }

    private void awaitAll(FleetApi api) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            String probes = api.get("/probes");
            long meant = FleetApi.sum(probes, "\"summary\":{\"instances\"");
            long there = FleetApi.sum(probes, "\"installed\"");
            if (meant >= PROBES && there == meant && api.alive() == instances) {
                return;
            }
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("only " + there + " of " + meant + " reports within " + PATIENCE);
            }
            Thread.sleep(LOOK_MILLIS);
        }
    }

    private static List<Listing> listings(FleetApi api) throws IOException, InterruptedException {
        List<Listing> listings = new ArrayList<>();
        listings.add(listing("all probes, a summary each", api, "/probes"));
        listings.add(listing("one probe, with what each instance says", api, "/probes/standing-0"));
        listings.add(listing("all instances", api, "/instances"));
        return listings;
    }

    private static Listing listing(String what, FleetApi api, String path) throws IOException, InterruptedException {
        List<Double> millis = new ArrayList<>();
        long bytes = 0;
        for (int i = 0; i < LOOKS; i++) {
            long from = System.nanoTime();
            bytes = api.get(path).length();
            millis.add(millisSince(from));
        }
        return new Listing(what, millis, bytes);
    }

    /** What a control plane says of each probe, but for what changes by itself. */
    private static Map<String, String> known(FleetApi api) throws IOException, InterruptedException {
        Map<String, String> known = new LinkedHashMap<>();
        for (int i = 0; i < PROBES; i++) {
            String id = "standing-" + i;
            known.put(id, FleetApi.withoutTimes(api.get("/probes/" + id)));
        }
        return known;
    }

    /** What is set at one is at the other, and what is removed there is gone here; the slower of the two, in milliseconds. */
    private static double seenBeside(FleetApi one, FleetApi other) throws IOException, InterruptedException {
        long from = System.nanoTime();
        one.set("{\"id\": \"beside\", \"at\": \"shop.Order:7\", \"log\": \"x\"}");
        while (!other.has("beside")) {
            Thread.sleep(LOOK_MILLIS);
        }
        double set = millisSince(from);
        from = System.nanoTime();
        other.remove("beside");
        while (one.has("beside")) {
            Thread.sleep(LOOK_MILLIS);
        }
        return Math.max(set, millisSince(from));
    }

    private static double millisSince(long from) {
        return (System.nanoTime() - from) / 1e6;
    }
}
