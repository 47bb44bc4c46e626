package io.plumbline.config.probe;

import java.util.LinkedHashMap;
import java.util.Map;

/** Writes what {@link CapturingReader} reads; defaults are left out. */
final class CapturingWriter {

    private CapturingWriter() {}

    /** True for the short form. */
    static Object form(Action.Capturing action) {
        Map<String, Object> map = new LinkedHashMap<>();
        if (!action.variables()) {
            map.put("variables", false);
        }
        if (!action.watch().isEmpty()) {
            Map<String, Object> watch = new LinkedHashMap<>();
            action.watch().forEach((name, code) -> watch.put(name, code.text()));
            map.put("watch", watch);
        }
        if (action.statics()) {
            map.put("statics", true);
        }
        bounds(map, action.bounds());
        return map.isEmpty() ? Boolean.TRUE : map;
    }

    private static void bounds(Map<String, Object> map, CaptureBounds bounds) {
        CaptureBounds normal = CaptureBounds.DEFAULT;
        put(map, "depth", bounds.depth(), normal.depth());
        put(map, "fields", bounds.fields(), normal.fields());
        put(map, "elements", bounds.elements(), normal.elements());
        put(map, "length", bounds.length(), normal.length());
        put(map, "bytes", bounds.bytes(), normal.bytes());
        put(map, "time", bounds.millis(), normal.millis());
        put(map, "stack", bounds.stack(), normal.stack());
    }

    private static void put(Map<String, Object> map, String key, int value, int normal) {
        if (value != normal) {
            map.put(key, value);
        }
    }
}
