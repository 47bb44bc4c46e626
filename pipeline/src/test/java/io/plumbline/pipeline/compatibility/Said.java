package io.plumbline.pipeline.compatibility;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What an older version said must be said today, field by field; more may be. */
final class Said {
    private final Set<String> passedOver;
    private final List<String> differences = new ArrayList<>();

    /** @param passedOver names of fields that tell of the moment of asking, or of the process that answers */
    private Said(Set<String> passedOver) {
        this.passedOver = passedOver;
    }

    /** Where today's answer lacks something, or says otherwise; each as its path. */
    static List<String> differences(JsonNode then, JsonNode now, Set<String> passedOver) {
        Said said = new Said(passedOver);
        said.compare("", then, now);
        return said.differences;
    }

    /** How many single values an answer has, so that an empty one proves nothing. */
    static int values(JsonNode node) {
        if (node.isValueNode()) {
            return 1;
        }
        int count = 0;
        for (JsonNode each : node) {
            count += values(each);
        }
        return count;
    }

    /** Its order may be another, and others may stand beside it. */
    private static JsonNode withId(JsonNode list, JsonNode id) {
        for (JsonNode each : list) {
            if (id.equals(each.get("id"))) {
                return each;
            }
        }
        return MissingNode.getInstance();
    }

    private void compare(String path, JsonNode then, JsonNode now) {
        if (then.isObject()) {
            then.properties().stream()
                    .filter(field -> !passedOver.contains(field.getKey()))
                    .forEach(field -> compare(path + "/" + field.getKey(), field.getValue(), now.path(field.getKey())));
        } else if (then.isArray() && then.size() > 0 && then.get(0).has("id")) {
            then.forEach(each -> compare(path + "/" + each.get("id").asText(), each, withId(now, each.get("id"))));
        } else if (then.isArray()) {
            if (then.size() != now.size()) {
                differences.add(path + ": " + then.size() + " elements, now " + now.size());
            }
            for (int i = 0; i < Math.min(then.size(), now.size()); i++) {
                compare(path + "/" + i, then.get(i), now.get(i));
            }
        } else if (!then.equals(now)) {
            differences.add(path + ": " + then + ", now " + now);
        }
    }
}
