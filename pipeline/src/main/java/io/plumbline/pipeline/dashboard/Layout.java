package io.plumbline.pipeline.dashboard;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Places panels from left to right and top to bottom, on Grafana's grid. Not thread-safe. */
final class Layout {
    private static final int COLUMNS = 24;

    private final List<Map<String, Object>> panels = new ArrayList<>();
    private int x;
    private int y;
    private int height;

    /** Beside the one before, where there is room. */
    void add(Panel panel, int w, int h) {
        if (x + w > COLUMNS || panel.isHeading()) {
            newLine();
        }
        Map<String, Object> place = new LinkedHashMap<>();
        place.put("x", x);
        place.put("y", y);
        place.put("w", w);
        place.put("h", h);
        panels.add(panel.map(panels.size() + 1, place));
        x += w;
        height = Math.max(height, h);
    }

    void heading(String title) {
        add(Panel.heading(title), COLUMNS, 1);
    }

    private void newLine() {
        x = 0;
        y += height;
        height = 0;
    }

    List<Map<String, Object>> panels() {
        return panels;
    }
}
