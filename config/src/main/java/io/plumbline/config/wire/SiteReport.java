package io.plumbline.config.wire;

import io.plumbline.config.text.Fields;
import io.plumbline.config.text.Node;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One place in one loaded class where a probe's location was found.
 *
 * @param type the class's name
 * @param loader its class loader, as {@link ClassLoader#getName} or class name and identity tell it
 * @param method name and descriptor
 * @param index which of the method's sites of this line, from 0
 * @param state of the probe at this site
 * @param reason why it is not installed; empty when it is
 */
public record SiteReport(String type, String loader, String method, int index, ProbeState state, String reason) {

    Map<String, Object> map() {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("class", type);
        map.put("loader", loader);
        map.put("method", method);
        map.put("index", index);
        map.put("state", state.word());
        map.put("reason", reason);
        return map;
    }

    static SiteReport parse(Node node) {
        Fields fields = Fields.free(node, "a site");
        return new SiteReport(
                fields.requiredText("class"),
                fields.text("loader").orElse(""),
                fields.text("method").orElse(""),
                fields.integer("index", 0, Integer.MAX_VALUE).orElse(0L).intValue(),
                ProbeState.parse(fields.requiredText("state")),
                fields.text("reason").orElse(""));
    }
}
