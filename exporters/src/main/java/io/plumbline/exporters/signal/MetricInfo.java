package io.plumbline.exporters.signal;

import java.util.Objects;

/**
 * What the points of one metric have in common.
 *
 * @param name as the user wrote it, such as {@code cart.total}
 * @param description in words, or ""
 * @param unit as OpenTelemetry writes units (UCUM), such as {@code ms} or {@code {request}}, or ""
 */
public record MetricInfo(String name, String description, String unit) {

    public MetricInfo {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(description, "description");
        Objects.requireNonNull(unit, "unit");
    }
}
