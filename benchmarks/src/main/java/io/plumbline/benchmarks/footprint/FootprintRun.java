package io.plumbline.benchmarks.footprint;

import io.plumbline.benchmarks.Machine;
import io.plumbline.benchmarks.inside.InsideJvm;
import io.plumbline.pipeline.broker.EmbeddedBroker;
import io.plumbline.pipeline.topics.PipelineTopics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Measures a small program without the agent, with it while Kafka is away, and with it at a real broker, without probes and
 * with many, and writes the page. Programs are started in turn, so that what else the machine does meets all alike.
 */
public final class FootprintRun {
    private static final int STARTS = 15;

    private FootprintRun() {}

    /**
     * @param args where to write the page, and a folder for what is made on the way
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        if (args.length != 2) {
            throw new IllegalArgumentException("two arguments are needed: the page and a folder");
        }
        Path folder = Files.createDirectories(Path.of(args[1]));
        Path agent = InsideJvm.builtAgent().toAbsolutePath().normalize();
        Map<String, String> facts = facts();
        try (EmbeddedBroker broker = EmbeddedBroker.startFresh(folder.resolve("broker"), 0)) {
            PipelineTopics.ensure(Map.of("bootstrap.servers", broker.address()));
            Map<String, MeasuredJvm> jvms = new LinkedHashMap<>();
            jvms.put("without the agent", jvm(List.of()));
            jvms.put("with it, Kafka away", jvm(List.of("-javaagent:" + agent + "=kafka=127.0.0.1:1")));
            jvms.put("with it, at a broker", jvm(List.of("-javaagent:" + agent + "=kafka=" + broker.address())));
            FootprintPage page = new FootprintPage(facts, Files.size(agent));
            starts(jvms).forEach(page::starts);
            for (Map.Entry<String, MeasuredJvm> each : jvms.entrySet()) {
                System.err.println("at rest: " + each.getKey());
                page.idle(each.getKey(), each.getValue().idle());
            }
            System.err.println("with probes");
            new ProbedJvms(folder.resolve("control"), agent, broker.address())
                    .idle()
                    .forEach(page::probed);
            Files.writeString(Path.of(args[0]), page.markdown());
        }
        System.err.println("written: " + args[0]);
    }

    private static MeasuredJvm jvm(List<String> options) {
        return new MeasuredJvm(InsideJvm.javaHome(), InsideJvm.classes(), SmallProgram.class, options);
    }

    private static Map<String, List<MeasuredJvm.Start>> starts(Map<String, MeasuredJvm> jvms)
            throws IOException, InterruptedException {
        Map<String, List<MeasuredJvm.Start>> starts = new LinkedHashMap<>();
        for (int round = 0; round <= STARTS; round++) {
            for (Map.Entry<String, MeasuredJvm> each : jvms.entrySet()) {
                MeasuredJvm.Start start = each.getValue().start();
                if (round > 0) { // the first fills the file system's cache
                    starts.computeIfAbsent(each.getKey(), any -> new ArrayList<>())
                            .add(start);
                }
            }
        }
        return starts;
    }

    private static Map<String, String> facts() throws IOException {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("machine", Machine.describe());
        facts.put("JDK", InsideJvm.version(InsideJvm.javaHome()));
        facts.put("commit", Machine.commit());
        facts.put("date", LocalDate.now(ZoneOffset.UTC).toString());
        facts.put("load of the machine before", Machine.load());
        return facts;
    }
}
