package io.plumbline.pipeline.promote;

/** By which library a permanent line speaks. */
public enum Library {
    SLF4J,
    MICROMETER,
    OPENTELEMETRY
}
