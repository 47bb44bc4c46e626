package io.plumbline.exporters;

import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;

/** Finds the exporters on the class path. */
public final class Exporters {

    private Exporters() {}

    /**
     * All factories by name.
     *
     * @throws IllegalStateException if two of them claim one name
     */
    public static Map<String, ExporterFactory> installed() {
        Map<String, ExporterFactory> found = new TreeMap<>();
        for (ExporterFactory factory : ServiceLoader.load(ExporterFactory.class)) {
            ExporterFactory other = found.putIfAbsent(factory.name(), factory);
            if (other != null) {
                throw new IllegalStateException("two exporters are called " + factory.name() + ": "
                        + other.getClass().getName() + " and "
                        + factory.getClass().getName() + "; take one of them off the class path");
            }
        }
        return found;
    }
}
