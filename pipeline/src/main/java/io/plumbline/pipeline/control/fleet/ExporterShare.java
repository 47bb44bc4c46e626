package io.plumbline.pipeline.control.fleet;

import io.plumbline.config.wire.ExporterReport;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;

/**
 * What one process does of an exporter's work.
 *
 * @param age of the report
 */
record ExporterShare(ExporterReport report, Duration age) {
    static final Comparator<ExporterShare> BY_START = Comparator.comparing(
                    (ExporterShare share) -> share.report().process().started())
            .thenComparing(share -> share.report().process().id());

    /** From well to worst; what is not known is worse. */
    private static final List<String> STATES = List.of("delivering", "stopped", "retrying", "unauthorized", "no-kafka");

    /** Whether it says nothing any more. */
    boolean isSilent() {
        return age.compareTo(ExporterReport.SILENT_AFTER) >= 0;
    }

    /** Larger is worse. */
    int severity() {
        int rank = STATES.indexOf(report.state());
        return rank < 0 ? STATES.size() : rank;
    }
}
