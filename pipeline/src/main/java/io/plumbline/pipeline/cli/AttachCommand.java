package io.plumbline.pipeline.cli;

import io.plumbline.config.text.Json;
import io.plumbline.pipeline.cli.Jvms.Jvm;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
        name = "attach",
        description = "Load the agent into a JVM that runs on this machine. Without PID, list those there are.",
        footer = {
            "",
            "  plumb attach                          list the JVMs",
            "  plumb attach 4711 --service shop      load the agent, under the name shop",
            "",
            "The JVM must belong to the same user. An application that refuses this (-XX:+DisableAttachMechanism) can"
                    + " be started with -javaagent instead; plumb up prints the line.",
        })
final class AttachCommand implements Callable<Integer> {
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final Duration STEP = Duration.ofMillis(50);

    @Mixin
    private Connection connection;

    @Parameters(paramLabel = "PID", arity = "0..1", description = "Process id of the JVM.")
    private Long pid;

    @Option(names = "--service", paramLabel = "NAME", description = "What the program is to be called.")
    private String service;

    @Option(
            names = "--kafka",
            paramLabel = "HOST:PORT",
            description = "Where the agent finds Kafka. By default where the control plane has it.")
    private String kafka;

    @Option(
            names = "--trusted-keys",
            paramLabel = "KEY",
            description =
                    "With --kafka: the key that definitions must be signed with, as 'plumb keys show' prints it. By default that of"
                            + " the control plane; with --kafka none, and any definition is taken.")
    private String trustedKeys;

    @Option(names = "--json", description = "Print the answer as JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        return pid == null ? list() : attach();
    }

    private int list() {
        PrintWriter out = spec.commandLine().getOut();
        List<Jvm> jvms = Jvms.list();
        if (json) {
            out.println(Json.write(Map.of("jvms", jvms.stream().map(Jvm::map).toList())));
        } else if (jvms.isEmpty()) {
            out.println("No other JVM of this user runs on this machine.");
        } else {
            Text.table(
                    out,
                    List.of("PID", "PROGRAM"),
                    jvms.stream().map(jvm -> List.of(jvm.pid(), jvm.program())).toList());
        }
        return 0;
    }

    private int attach() throws InterruptedException {
        boolean alone = kafka != null;
        String address = alone ? kafka : connection.file().kafka();
        String key = alone ? trustedKeys : connection.file().key();
        long startNanos = System.nanoTime();
        Jvms.Attached attached = Jvms.attach(pid, Agent.requireJar(), Agent.arguments(address, service, key));
        boolean seen = alone || attached.before() || isSeen(attached.instance());
        long millis = Duration.ofNanos(System.nanoTime() - startNanos).toMillis();
        print(attached, seen, millis);
        return seen ? 0 : Failure.NOT_SO;
    }

    /** Waits until the control plane knows the instance. */
    private boolean isSeen(String instance) throws InterruptedException {
        ApiClient client = connection.client();
        long deadlineNanos = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadlineNanos) {
            boolean there = JsonObject.parse(client.get("/instances")).objects("instances").stream()
                    .anyMatch(each -> each.flag("alive") && each.text("id").equals(instance));
            if (there) {
                return true;
            }
            Thread.sleep(STEP.toMillis());
        }
        return false;
    }

    private void print(Jvms.Attached attached, boolean seen, long millis) {
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("instance", attached.instance());
            map.put("alreadyAttached", attached.before());
            map.put("reports", seen);
            out.println(Json.write(map));
        } else if (attached.before()) {
            out.println("process " + pid + " has the agent already: instance " + attached.instance());
        } else if (seen) {
            out.println("process " + pid + " is instance " + attached.instance() + " now, after " + millis + " ms");
        } else {
            out.println(
                    "process " + pid + " has the agent (instance " + attached.instance() + ") but does not report to"
                            + " this control plane; look at what it prints: it may not reach Kafka");
        }
    }
}
