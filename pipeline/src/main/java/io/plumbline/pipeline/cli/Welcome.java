package io.plumbline.pipeline.cli;

import io.plumbline.pipeline.control.ControlFile;
import io.plumbline.pipeline.stream.ExporterHealth;
import java.io.PrintWriter;
import java.nio.file.Path;

/** Tells what runs where and what to do next. */
final class Welcome {
    private Welcome() {}

    static void print(PrintWriter out, PipelineProcess process, Path data) {
        String plumb = Folders.launcher();
        out.println("Plumbline is up; Ctrl-C ends it.");
        out.println();
        places(out, process, data);
        out.println();
        out.println("Load the agent into a JVM that you start:");
        out.println("  java -javaagent:" + Folders.agentJar() + "="
                + Agent.arguments(
                        process.kafkaAddress(), "NAME", process.control().key()) + " ...");
        out.println("or into one that runs (without PID it lists them):");
        out.println("  " + plumb + " attach PID --service NAME");
        out.println("then ask it something:");
        out.println("  " + plumb + " lines CLASS");
        out.println("  " + plumb + " probe add CLASS:LINE --log 'x is {x}'");
        out.println("  " + plumb + " tail");
        out.flush();
    }

    /** One line for everything that listens. */
    static void places(PrintWriter out, PipelineProcess process, Path data) {
        place(
                out,
                "Kafka",
                process.kafkaAddress() + (process.hasOwnBroker() ? "  (in this process, data in " + data + ")" : ""));
        if (process.hasControl()) {
            place(out, "API", process.control().url() + "/api/v1  (token in " + ControlFile.in(data) + ")");
            place(out, "web console", process.loginLink());
            place(
                    out,
                    "",
                    "opens once, within ten minutes, here or for another user with: " + Folders.launcher()
                            + " login LINK");
        }
        place(out, "own meters", process.metersUrl());
        for (ExporterHealth exporter : process.health()) {
            if (exporter.links().isEmpty()) {
                place(out, "exporter", exporter.name());
            }
            exporter.links().forEach((name, link) -> place(out, exporter.name(), name + " " + link));
        }
    }

    private static void place(PrintWriter out, String name, String where) {
        out.printf("  %-14s %s%n", name, where);
    }
}
