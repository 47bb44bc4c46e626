package io.plumbline.config.wire;

import io.plumbline.config.text.Fields;
import io.plumbline.config.text.Json;
import io.plumbline.config.text.Node;
import io.plumbline.config.text.NodeReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Classes that run on the instance that was asked and can be probed, best first.
 *
 * @param id of the request
 * @param count of all that match; of them only the first are told of
 */
public record ClassesReply(String id, String instance, List<Found> classes, int count, String problem)
        implements CodeReply {

    public ClassesReply {
        classes = List.copyOf(classes);
    }

    /**
     * A class, with those nested in it.
     *
     * @param name binary name of the outermost class
     * @param file the source file's name; empty where the class file does not tell or can't be read
     * @param packageName empty for the unnamed one
     * @param kind {@code class}, {@code interface}, {@code enum}, {@code record} or {@code annotation}
     * @param origin whose it is: {@code own}, {@code library} or {@code jdk}
     * @param generated whether a program made it, by its name or its own mark
     * @param match the nested class that was found, by its binary name; empty where it is the class itself
     * @param loader its loader's name where several have loaded such a class; empty else
     */
    public record Found(
            String name,
            String file,
            String packageName,
            String kind,
            String origin,
            boolean generated,
            String match,
            String loader) {

        public Map<String, Object> map() {
            Map<String, Object> map = new LinkedHashMap<>();
            map.put("name", name);
            map.put("file", file);
            map.put("package", packageName);
            map.put("kind", kind);
            map.put("origin", origin);
            map.put("generated", generated);
            map.put("match", match);
            map.put("loader", loader);
            return map;
        }

        private static Found of(Node node) {
            Fields fields = Fields.free(node, "a class");
            return new Found(
                    fields.requiredText("name"),
                    fields.text("file").orElse(""),
                    fields.text("package").orElse(""),
                    fields.text("kind").orElse("class"),
                    fields.text("origin").orElse("own"),
                    fields.bool("generated").orElse(false),
                    fields.text("match").orElse(""),
                    fields.text("loader").orElse(""));
        }
    }

    @Override
    public String json() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", id);
        map.put("instance", instance);
        map.put("classes", classes.stream().map(Found::map).toList());
        map.put("count", count);
        map.put("problem", problem);
        return Json.write(map);
    }

    public static ClassesReply parse(String json) {
        Fields fields = Fields.free(NodeReader.json(json, "reply"), "a reply");
        return new ClassesReply(
                fields.requiredText("id"),
                fields.requiredText("instance"),
                fields.list("classes").stream().map(Found::of).toList(),
                (int) ProbeReport.count(fields, "count"),
                fields.text("problem").orElse(""));
    }
}
