package io.plumbline.pipeline.cli;

import io.plumbline.config.text.Json;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;

/** Switches off and on, and says what is off afterwards. */
final class Turn {
    private Turn() {}

    static int turn(
            ApiClient client, PrintWriter out, boolean off, String probe, String instance, String tag, boolean json) {
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("off", off);
        if (probe != null) {
            request.put("probe", probe);
        }
        if (instance != null) {
            request.put("instance", instance);
        }
        if (tag != null) {
            request.put("tag", tag);
        }
        String answer = client.post("/switch", Json.write(request));
        if (json) {
            out.print(answer);
            out.flush();
        } else {
            print(out, JsonObject.parse(answer));
        }
        return 0;
    }

    private static void print(PrintWriter out, JsonObject now) {
        if (now.flag("fleet")) {
            out.println(
                    "Everything is off: every class gets its own bytecode back. Definitions are kept; on again with: "
                            + Folders.launcher() + " on");
        }
        if (!now.texts("instances").isEmpty()) {
            out.println("Off are the instances " + String.join(", ", now.texts("instances")));
        }
        if (!now.texts("probes").isEmpty()) {
            out.println("Off are the probes " + String.join(", ", now.texts("probes")));
        }
        if (!now.flag("fleet")
                && now.texts("instances").isEmpty()
                && now.texts("probes").isEmpty()) {
            out.println("Everything is on.");
        }
    }
}
