package io.plumbline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.e2e.programs.Own;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Signals of probes in a program's own log and registry, by the command line. */
class OwnTelemetryTest {
    private static final Duration SOON = Duration.ofSeconds(30);
    private static final int LINE = Programs.line(Own.class, "@paid");
    private static final String PLACE = Own.class.getName() + ":" + LINE;

    @TempDir
    private static Path folder;

    private static Plumb plumb;
    private static Jvm own;

    @BeforeAll
    static void start() throws Exception {
        Plumb.assumeBuilt();
        plumb = new Plumb(folder).up("--kafka-port", "0", "--port", "0", "--set", "prometheus.port=0");
        own = Jvm.start(
                folder,
                "own",
                Jdks.current(),
                Map.of(),
                List.of(
                        "-javaagent:" + Plumb.AGENT + "=kafka=" + plumb.kafka() + ",service=own",
                        "-cp",
                        Programs.CLASSES + ":" + Programs.libraries(),
                        Own.class.getName()));
        plumb.awaitAgent("own", SOON);
    }

    @AfterAll
    static void stop() throws Exception {
        if (plumb != null) {
            own.close();
            plumb.close();
        }
    }

    private static void until(String pattern) {
        Pattern compiled = Pattern.compile(pattern);
        Await.until(pattern, SOON, own::output, text -> compiled.matcher(text).find());
    }

    @Test
    void log_liftedOverTheLevel_isALineLikeTheProgramsOwn() throws Exception {
        assertThat(plumb.ok("probe", "add", PLACE, "--id", "lifted", "--log", "paid {order}", "--lift")
                        .text())
                .contains("installed at");

        until(
                "(?m)^LOG INFO Own main \\{(plumbline.probe.id=lifted, tenant=blue|tenant=blue, plumbline.probe.id=lifted)\\}"
                        + " Own\\.pay:" + LINE + " paid o-\\d+$");
    }

    @Test
    void log_belowTheLevel_theProbeSaysWhatKeepsItBack() throws Exception {
        plumb.ok("probe", "add", PLACE, "--id", "kept", "--log", "kept {order}", "--beside");

        String said = Await.until(
                "the probe's word",
                SOON,
                () -> plumb.run("probe", "show", "kept").text(),
                text -> text.contains("lift"));
        assertThat(said)
                .contains("records below WARN are kept out of the program's own log by the level of logger "
                        + Own.class.getName());
        assertThat(own.output()).doesNotContain(" kept o-");
    }

    @Test
    void metric_standsInTheProgramsRegistry_andGoesWithTheProbe() throws Exception {
        plumb.ok(
                "probe",
                "add",
                PLACE,
                "--id",
                "metered",
                "--count",
                "by.probe",
                "--label",
                "kind=kind",
                "--histogram",
                "numbers=number",
                "--beside");

        until("by\\.probe\\[tag\\(kind=odd\\)\\]COUNT=[1-9]");
        until("numbers\\[tag\\(kind=even\\)\\]COUNT=[1-9]");
        plumb.ok("probe", "rm", "metered");
        Await.until("its end", SOON, own::output, text -> {
            String last = text.substring(text.lastIndexOf(" meters", text.length() - 200));
            return last.contains("by.hand") && !last.contains("by.probe") && !last.contains("numbers");
        });
    }
}
