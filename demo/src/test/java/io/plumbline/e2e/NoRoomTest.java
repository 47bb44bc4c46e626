package io.plumbline.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.e2e.programs.NoRoom;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A capture that finds no memory or no stack is over, the program does not notice, and the probe goes on afterwards. */
class NoRoomTest {
    private static final Duration SOON = Duration.ofSeconds(90);

    private static final Pattern EMITTED = Pattern.compile("([0-9,]+) emitted");

    @TempDir
    private Path folder;

    @Test
    void capture_withoutRoom_reachesNobody() throws Exception {
        Plumb.assumeBuilt();
        String line = NoRoom.class.getName() + ":" + Programs.line(NoRoom.class, "the probed line");
        Path go = folder.resolve("go");
        try (Plumb plumb = new Plumb(folder).up("--kafka-port", "0", "--port", "0", "--set", "prometheus.port=0");
                Jvm program = start(plumb.kafka(), go)) {
            plumb.awaitAgent("no-room", SOON);
            plumb.ok("probe", "add", line, "--id", "shot", "--snapshot", "--per-second", "1000", "--cpu", "50%");
            plumb.ok("probe", "add", line, "--id", "log", "--log", "{number} {twice}", "--per-second", "1000");
            plumb.ok("probe", "add", line, "--id", "count", "--count", "steps");
            Files.createFile(go);

            String said = Await.until("the program", SOON, program::output, text -> text.contains("full stack: "));
            assertThat(said)
                    .contains("full heap: " + NoRoom.FULL_HEAP + " passes, strange: 0")
                    .contains("full stack: " + NoRoom.FULL_STACK + " times, strange: 0");
            long before = Await.until("the probe, again", SOON, () -> emitted(plumb, "shot"), now -> now > 0);
            Await.until("snapshots afterwards", SOON, () -> emitted(plumb, "shot"), now -> now > before + 10);
            for (String probe : List.of("shot", "log", "count")) {
                assertThat(plumb.ok("probe", "show", probe).text()).as(probe).doesNotContain("suspended");
            }
        }
    }

    private static long emitted(Plumb plumb, String probe) throws InterruptedException {
        Matcher emitted = EMITTED.matcher(plumb.ok("probe", "show", probe).text());
        return emitted.find() ? Long.parseLong(emitted.group(1).replace(",", "")) : 0;
    }

    private Jvm start(String kafka, Path go) {
        String agent = "-javaagent:" + Plumb.AGENT + "=kafka=" + kafka + ",service=no-room";
        return Jvm.start(
                folder,
                "no-room",
                Jdks.current(),
                Map.of(),
                List.of(agent, "-Xmx48m", "-Xss512k", "-cp", Programs.CLASSES, NoRoom.class.getName(), go.toString()));
    }
}
