package io.plumbline.pipeline.cli;

import io.plumbline.config.text.Json;
import io.plumbline.pipeline.control.records.SigningKey;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
        name = "show",
        description = {
            "Print the public key that agents pin.",
            "",
            "An agent that was told it takes no definition that is not signed with it: java"
                    + " -javaagent:plumbline-agent.jar=kafka=...,trusted-keys=KEY",
        },
        footer = {
            "",
            "  plumb keys show                              of the control plane that runs, or of the data folder",
            "  plumb keys show --file /etc/plumbline/signing.key",
        })
final class KeysShowCommand implements Callable<Integer> {
    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "Data folder of the 'plumb up' meant, by default PLUMBLINE_DATA or ~/.plumbline.")
    private Path data;

    @Option(names = "--file", paramLabel = "PATH", description = "A private key, such as control.signing-key names.")
    private Path file;

    @Option(names = "--json", description = "Print the answer as JSON.")
    private boolean json;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        String key = key();
        if (json) {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("key", key);
            spec.commandLine().getOut().println(Json.write(map));
        } else {
            spec.commandLine().getOut().println(key);
        }
        return 0;
    }

    private String key() {
        Path folder = Folders.data(data);
        if (file == null && Folders.control(folder).isPresent()) {
            return Folders.control(folder).get().key();
        }
        Path read = file == null ? SigningKey.file(folder) : file;
        if (!Files.exists(read)) {
            throw Failure.badInput("there is no key in " + read + "; the first " + Folders.launcher()
                    + " up makes one, and --file names another");
        }
        try {
            return SigningKey.read(read).publicText();
        } catch (IllegalArgumentException e) {
            throw Failure.badInput(e.getMessage());
        }
    }
}
