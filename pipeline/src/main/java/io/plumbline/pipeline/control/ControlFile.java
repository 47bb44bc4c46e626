package io.plumbline.pipeline.control;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.plumbline.config.text.Fields;
import io.plumbline.config.text.InvalidInputException;
import io.plumbline.config.text.Json;
import io.plumbline.config.text.NodeReader;
import io.plumbline.pipeline.control.records.OwnerOnly;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where a running control plane is and what opens it: a file that its user alone may read, so that the CLI of the same
 * user needs to be told nothing.
 *
 * @param url of the API, without a path
 * @param token to be sent as bearer token
 * @param kafka what agents connect to
 * @param key what agents pin: the public key that definitions are signed with
 * @param pid of the process that serves the API
 */
public record ControlFile(String url, String token, String kafka, String key, long pid) {
    private static final String NAME = "control.json";
    private static final Set<String> KEYS = Set.of("url", "token", "kafka", "key", "pid");

    /** The file's path in a data folder. */
    public static Path in(Path data) {
        return data.resolve(NAME);
    }

    /** Reads the file of a control plane that is still running. */
    public static Optional<ControlFile> read(Path data) {
        try {
            String text = Files.readString(in(data), UTF_8);
            Fields fields = Fields.of(NodeReader.json(text, NAME), "a control file", KEYS);
            ControlFile file = new ControlFile(
                    fields.requiredText("url"),
                    fields.requiredText("token"),
                    fields.requiredText("kafka"),
                    fields.requiredText("key"),
                    fields.integer("pid", 1, Long.MAX_VALUE).orElse(0L));
            return Optional.of(file).filter(ControlFile::isRunning);
        } catch (IOException | InvalidInputException e) {
            return Optional.empty();
        }
    }

    private boolean isRunning() {
        return ProcessHandle.of(pid).isPresent();
    }

    /** Puts the file in place at once, whole, for its user's eyes only. */
    void write(Path data) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("url", url);
        map.put("token", token);
        map.put("kafka", kafka);
        map.put("key", key);
        map.put("pid", pid);
        try {
            Path draft = data.resolve(NAME + "." + pid);
            Files.deleteIfExists(draft);
            Files.createFile(draft, OwnerOnly.attributes(data));
            Files.writeString(draft, Json.write(map) + "\n", UTF_8, StandardOpenOption.WRITE);
            move(draft, in(data));
        } catch (IOException e) {
            throw new UncheckedIOException("can't write " + in(data) + "; make the folder writable", e);
        }
    }

    /** Takes the file away, unless another control plane has put its own there meanwhile. */
    void delete(Path data) {
        if (read(data).filter(this::equals).isPresent()) {
            try {
                Files.deleteIfExists(in(data));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** The token is a secret. */
    @Override
    public String toString() {
        return "control plane at " + url + ", process " + pid;
    }
}
