package io.plumbline.agent.oracle;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.agent.compile.ArmedProbe;
import io.plumbline.agent.weave.Compiled;
import io.plumbline.agent.weave.WeaveFixture;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Random programs run the same with probes as without, and probes see each arrival and the true values. How many, and from which
 * seed on, is told by {@code -Dprograms=…} and {@code -Dseed=…}.
 */
class RandomProgramsTest {
    private static final int PROGRAMS = Integer.getInteger("programs", 30);
    private static final long SEED = Long.getLong("seed", 1);
    private static final int WRONG_AT_MOST = 5;

    private final WeaveFixture fixture = new WeaveFixture();
    private final List<String> wrong = new ArrayList<>();
    private long lines;
    private long hits;
    private long values;

    @AfterEach
    void restore() {
        fixture.close();
    }

    /** What a run shows: its result or exception, and its trace. */
    private record Outcome(String result, List<Integer> trace) {}

    @Test
    void programs_withProbes_runAsWithout() throws Exception {
        int ran = 0;
        while (ran < PROGRAMS && wrong.size() < WRONG_AT_MOST) {
            check(SEED + ran++);
        }

        System.out.printf(
                "random programs: %d from seed %d, %d lines compared, %d hits, %d values, %d differences%n",
                ran, SEED, lines, hits, values, wrong.size());
        assertThat(wrong).isEmpty();
    }

    private void check(long seed) throws Exception {
        RandomProgram program = new RandomProgram(seed);
        Outcome plain = run(new Compiled(program.name(), program.plain(), "-g"), program);
        Track.HITS.clear();
        Track.VALUES.clear();
        Outcome twin = run(new Compiled(program.name(), program.twin(), "-g"), program);
        if (!twin.equals(plain)) {
            wrong.add("seed " + seed + ": the twin does not do the same\n" + program.twin());
            return;
        }
        Random choice = new Random(seed);
        Map<Integer, WeaveFixture.RecordingTap> taps = new TreeMap<>();
        List<ArmedProbe> probes = probes(program, choice, taps);
        fixture.weaver.apply(probes, List.of());
        Outcome probed = run(new Compiled(program.name(), program.plain(), "-g"), program);
        String problem = probed.equals(plain) ? problem(taps) : "it does not do the same with probes: " + probed;
        fixture.weaver.apply(
                List.of(), probes.stream().map(armed -> armed.probe().id()).toList());
        if (!problem.isEmpty()) {
            wrong.add("seed " + seed + ": " + problem + "\n" + numbered(program.twin()));
        }
    }

    private static Outcome run(Compiled loader, RandomProgram program) throws Exception {
        Programs instance = (Programs)
                loader.loadClass(program.name()).getDeclaredConstructor().newInstance();
        String result;
        try {
            result = "returned " + instance.run();
        } catch (Programs.Boom e) {
            result = "threw " + e.getMessage();
        }
        return new Outcome(result, instance.trace());
    }

    /** On all lines of some programs, on some of others; with a value where one can be seen. */
    private static List<ArmedProbe> probes(
            RandomProgram program, Random choice, Map<Integer, WeaveFixture.RecordingTap> taps) {
        boolean all = choice.nextInt(3) == 0;
        List<ArmedProbe> probes = new ArrayList<>();
        int last = (int) program.plain().lines().count();
        for (int line = 1; line <= last; line++) {
            if ((all || choice.nextInt(4) == 0) && program.isCompared(line)) {
                WeaveFixture.RecordingTap tap = new WeaveFixture.RecordingTap();
                taps.put(line, tap);
                String action = seesValue(line) ? "log: '{a}'" : "count: hits";
                String where = program.name() + ":" + line;
                probes.add(WeaveFixture.armed("{id: p" + line + ", at: '" + where + "', " + action + "}", tap));
            }
        }
        return probes;
    }

    private static boolean seesValue(int line) {
        return Track.VALUES.getOrDefault(line, List.of()).size() == Track.HITS.getOrDefault(line, 0)
                && Track.HITS.containsKey(line);
    }

    private String problem(Map<Integer, WeaveFixture.RecordingTap> taps) {
        StringBuilder problems = new StringBuilder();
        taps.forEach((line, tap) -> {
            int wanted = Track.HITS.getOrDefault(line, 0);
            lines++;
            hits += wanted;
            if (tap.failure != null || tap.admitted != wanted) {
                problems.append(String.format("line %d: %d hits, not %d. ", line, tap.admitted, wanted));
            } else if (seesValue(line)) {
                values += tap.events.size();
                if (!tap.events.equals(Track.VALUES.get(line))) {
                    problems.append(String.format("line %d: %s, not %s. ", line, tap.events, Track.VALUES.get(line)));
                }
            }
        });
        return problems.toString();
    }

    private static String numbered(String text) {
        StringBuilder result = new StringBuilder();
        int number = 1;
        for (String line : text.lines().toList()) {
            result.append(String.format("%3d %s%n", number++, line));
        }
        return result.toString();
    }
}
