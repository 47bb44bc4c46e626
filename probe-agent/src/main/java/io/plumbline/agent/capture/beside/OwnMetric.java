package io.plumbline.agent.capture.beside;

import io.plumbline.config.probe.Action;
import java.util.List;

/** A probe's metric as a registry of the program's own sees it. Any thread. */
public interface OwnMetric {

    /** Name, kind, unit, description, labels. */
    Action.Metric definition();

    /** The series that there are by now; only ever more. */
    List<? extends OwnSeries> series();

    /** The class loaders of the classes that its probe is in; those that are gone are left out. */
    List<ClassLoader> loaders();

    /** Keeps single values of a histogram for {@link OwnSeries#takeValues}, as it does from its beginning, or no longer. */
    void keepValues(boolean keep);
}
