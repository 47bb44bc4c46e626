package io.plumbline.pipeline.cli;

import io.plumbline.config.probe.Location;
import io.plumbline.config.probe.Spot;
import java.nio.file.Path;
import java.util.Map;

/** Says before a probe is set what would be said after: that its line has no code, or that its source is another. */
final class Foresight {
    private static final String REMEDY = "; --force sets the probe all the same";

    private final ApiClient client;

    Foresight(ApiClient client) {
        this.client = client;
    }

    /**
     * Asks the running instances that are meant.
     *
     * @throws Failure when all that were asked say no
     */
    void checkLine(String location, Map<String, String> targets) {
        if (!isLine(location)) {
            return;
        }
        StringBuilder path = new StringBuilder("/lines/check?at=").append(ApiClient.encoded(location));
        targets.forEach((key, value) -> path.append("&on=").append(ApiClient.encoded(key + "=" + value)));
        String problem = JsonObject.parse(client.get(path.toString())).text("problem");
        if (!problem.isEmpty()) {
            throw Failure.notSo(Text.safe(problem) + REMEDY);
        }
    }

    /**
     * Compares a source file with what runs.
     *
     * @return a remark where nothing could be compared; empty else
     * @throws Failure when it differs
     */
    String checkSource(String location, Path source, String service) {
        SourceFile file = SourceFile.read(source);
        String type = location.replaceFirst("[#:].*", "");
        String whose = service == null ? "" : "&service=" + ApiClient.encoded(service);
        JsonObject answer;
        try {
            answer = JsonObject.parse(client.get("/lines?type=" + ApiClient.encoded(type) + whose));
        } catch (Failure e) {
            return source + " could not be compared with what runs: " + e.getMessage();
        }
        String difference = file.compare(answer).difference();
        if (!difference.isEmpty()) {
            throw Failure.notSo(Text.safe(difference) + REMEDY);
        }
        return "";
    }

    /** A location that does not parse is for the control plane to refuse. */
    private static boolean isLine(String location) {
        try {
            return Location.parse(location).spot() instanceof Spot.Line;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
