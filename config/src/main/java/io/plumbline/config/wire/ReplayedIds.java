package io.plumbline.config.wire;

import io.plumbline.config.text.Fields;
import io.plumbline.config.text.Json;
import io.plumbline.config.text.NodeReader;
import java.util.List;
import java.util.Map;

/**
 * Dead letters that were sent to their exporter again, written to {@link Topics#REPLAYED} once they are safe in {@link Topics#REPLAY}.
 *
 * @param ids where they stand in {@link Topics#DEAD_LETTERS}: {@code partition-offset} each
 */
public record ReplayedIds(List<String> ids) {
    private static final String IDS = "ids";

    public ReplayedIds {
        ids = List.copyOf(ids);
    }

    public String json() {
        return Json.write(Map.of(IDS, ids));
    }

    /** Reads a record; keys that later versions may add are passed over. */
    public static ReplayedIds parse(String json) {
        return new ReplayedIds(Fields.free(NodeReader.json(json, "replayed"), "replayed letters")
                .textList(IDS));
    }
}
