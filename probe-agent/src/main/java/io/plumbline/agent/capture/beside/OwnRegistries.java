package io.plumbline.agent.capture.beside;

import java.util.function.Consumer;

/** Keeps probes' metrics in the program's registry, whichever the probed classes see. One thread. */
final class OwnRegistries {
    private final Libraries libraries;
    private final Consumer<Class<?>> opener;

    /**
     * @param opener opens a class's package to the agent
     */
    OwnRegistries(Libraries libraries, Consumer<Class<?>> opener) {
        this.libraries = libraries;
        this.opener = opener;
    }

    /** Puts a metric where it belongs, or brings what is there up to date; the wish says what stands in the way. */
    void refresh(Wish wish, OwnMetric metric) {
        String part = metric.definition().name();
        try {
            Registration known = wish.registered.get(metric);
            if (known == null && !wish.given.contains(metric)) {
                known = register(metric);
                if (known == null) {
                    wish.trouble(
                            part,
                            part + " is not in a registry of the program's own: neither Micrometer's global registry"
                                    + " nor simpleclient's default registry is in use here");
                    return;
                }
                wish.registered.put(metric, known);
            }
            if (known != null) {
                known.refresh();
                wish.trouble(part, elsewhere(metric, known));
            }
        } catch (RefusedException | RuntimeException | LinkageError e) {
            wish.trouble(part, part + " is not in the program's own registry: " + RefusedException.words(e));
            wish.given.add(metric);
        }
    }

    /** A remark where the probe is in classes that see another registry; null where it is not. */
    private String elsewhere(OwnMetric metric, Registration known) {
        long others = metric.loaders().stream()
                .filter(loader -> libraries.nearest(Libraries.MICROMETER, loader) != known.entrance()
                        && libraries.nearest(Libraries.SIMPLECLIENT, loader) != known.entrance())
                .count();
        return others == 0
                ? null
                : metric.definition().name() + " stands in one registry of the program's own; " + others
                        + " more class loaders with the probe see another one, or none, which does not show it";
    }

    /** Null while there is none that it could go to. */
    private Registration register(OwnMetric metric) throws RefusedException {
        for (ClassLoader loader : metric.loaders()) {
            Registration made = register(metric, loader);
            if (made != null) {
                return made;
            }
        }
        return null;
    }

    private Registration register(OwnMetric metric, ClassLoader loader) throws RefusedException {
        Class<?> simpleclient = libraries.nearestNowOrSoon(Libraries.SIMPLECLIENT, loader);
        Class<?> micrometer = libraries.nearest(Libraries.MICROMETER, loader);
        if (micrometer != null && MicrometerMeters.isInUse(micrometer)) {
            return MicrometerMeters.of(micrometer, metric);
        }
        return simpleclient == null ? null : SimpleclientCollector.of(simpleclient, metric, opener);
    }
}
