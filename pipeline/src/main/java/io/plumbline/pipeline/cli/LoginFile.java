package io.plumbline.pipeline.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.plumbline.config.text.InvalidInputException;
import io.plumbline.config.text.Json;
import io.plumbline.pipeline.control.records.OwnerOnly;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What {@code plumb login} keeps: where the control plane is and what opens it, for the eyes of this user alone.
 *
 * @param url of the control plane, without a path
 * @param token to be sent as bearer token
 * @param expires until when it is good, in milliseconds of the epoch
 * @param refresh gets another at the provider; empty where there is none
 * @param tokenUrl of the provider; likewise
 * @param clientId likewise
 * @param audience that the token has to be for; likewise
 */
record LoginFile(
        String url, String token, long expires, String refresh, String tokenUrl, String clientId, String audience) {
    private static final long MARGIN_MILLIS = 30_000;
    private static final String NAME = "login.json";

    static Path in(Path data) {
        return data.resolve(NAME);
    }

    static Optional<LoginFile> read(Path data) {
        try {
            JsonObject json = JsonObject.parse(Files.readString(in(data), UTF_8));
            return Optional.of(new LoginFile(
                            json.text("url"),
                            json.text("token"),
                            json.number("expires"),
                            json.text("refresh"),
                            json.text("tokenUrl"),
                            json.text("clientId"),
                            json.text("audience")))
                    .filter(file -> !file.url().isEmpty() && !file.token().isEmpty());
        } catch (IOException | InvalidInputException e) {
            return Optional.empty();
        }
    }

    /** The same while it is good for a while yet; else with another token, kept. */
    LoginFile fresh(Path data) {
        if (refresh.isEmpty() || System.currentTimeMillis() < expires - MARGIN_MILLIS) {
            return this;
        }
        LoginFile next = ProviderTokens.refreshed(this);
        next.write(data);
        return next;
    }

    /** Puts the file in place at once, whole. */
    void write(Path data) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("url", url);
        map.put("token", token);
        map.put("expires", expires);
        map.put("refresh", refresh);
        map.put("tokenUrl", tokenUrl);
        map.put("clientId", clientId);
        map.put("audience", audience);
        try {
            makeFolder(data);
            Path draft = data.resolve(NAME + "." + ProcessHandle.current().pid());
            Files.deleteIfExists(draft);
            Files.createFile(draft, OwnerOnly.attributes(data));
            Files.writeString(draft, Json.write(map) + "\n", UTF_8, StandardOpenOption.WRITE);
            Files.move(draft, in(data), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("can't write " + in(data) + "; make the folder writable", e);
        }
    }

    private static void makeFolder(Path data) throws IOException {
        boolean posix = data.getFileSystem().supportedFileAttributeViews().contains("posix");
        if (Files.exists(data) || !posix) {
            Files.createDirectories(data);
        } else {
            Files.createDirectories(
                    data, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
    }

    /** The tokens are secrets. */
    @Override
    public String toString() {
        return "login at " + url;
    }
}
