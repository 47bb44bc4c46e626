package io.plumbline.config.wire;

import io.plumbline.config.text.Fields;
import io.plumbline.config.text.Json;
import io.plumbline.config.text.NodeReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a running class is made from, on the instance that was asked.
 *
 * @param id of the request
 * @param type its binary name
 * @param file the source file's name as the class file has it; empty where it has none. Nobody has checked it: it may be any text
 * @param files the class files of it and those nested in it as {@link GzippedText} has them, by binary name; none where none was asked for
 * @param left nested classes that are loaded and did not fit in
 * @param problem why there is nothing; empty where there is
 */
public record ClassFileReply(
        String id,
        String instance,
        String type,
        String file,
        Map<String, String> files,
        List<String> left,
        String problem)
        implements CodeReply {

    public ClassFileReply {
        files = new TreeMap<>(files);
        left = List.copyOf(left);
    }

    /** Of a class that there is nothing of. */
    public static ClassFileReply without(CodeRequest request, String problem) {
        return new ClassFileReply(request.id(), request.instance(), "", "", Map.of(), List.of(), problem);
    }

    @Override
    public String json() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("id", id);
        map.put("instance", instance);
        map.put("type", type);
        map.put("file", file);
        map.put("files", files);
        map.put("left", left);
        map.put("problem", problem);
        return Json.write(map);
    }

    public static ClassFileReply parse(String json) {
        Fields fields = Fields.free(NodeReader.json(json, "reply"), "a reply");
        return new ClassFileReply(
                fields.requiredText("id"),
                fields.requiredText("instance"),
                fields.text("type").orElse(""),
                fields.text("file").orElse(""),
                fields.texts("files"),
                fields.textList("left"),
                fields.text("problem").orElse(""));
    }
}
