package io.plumbline.pipeline.cli;

import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.plumbline.config.wire.ExporterReport;
import io.plumbline.config.wire.ExportingProcess;
import io.plumbline.pipeline.broker.EmbeddedBroker;
import io.plumbline.pipeline.control.ControlFile;
import io.plumbline.pipeline.control.ControlPlane;
import io.plumbline.pipeline.control.MetersPage;
import io.plumbline.pipeline.pairing.Pairer;
import io.plumbline.pipeline.stream.ExporterHealth;
import io.plumbline.pipeline.stream.ExporterHost;
import io.plumbline.pipeline.stream.ExporterHost.Hosted;
import io.plumbline.pipeline.stream.HealthReporter;
import io.plumbline.pipeline.topics.PipelineTopics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * All of the pipeline in one process: broker (if there is no cluster), topics, exporters, control plane. The place where
 * the parts meet.
 *
 * <p>Threads: those of the parts; start and close belong to the command that runs it.
 */
final class PipelineProcess implements AutoCloseable {
    /** In the order of their start; closed in reverse. */
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();

    private String kafkaAddress;
    private boolean ownBroker;
    private ExporterHost host;
    /** Null where this process runs no exporter. */
    private HealthReporter reporter;
    /** Null where this process has another role. */
    private ControlPlane control;

    private final PrometheusMeterRegistry meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private String metersUrl;

    /**
     * What to start.
     *
     * @param kafka address of a cluster, or null for a broker of our own
     * @param kafkaPort of our own broker; 0 takes any free one
     * @param port of the API, or of the meters' page alone; 0 takes any free one
     * @param fresh whether our own broker forgets what it held
     * @param roles the parts to start
     */
    record Plan(
            Path data,
            String kafka,
            int kafkaPort,
            int port,
            boolean fresh,
            PipelineSettings settings,
            Set<Role> roles) {
        /** Everything. */
        Plan(Path data, String kafka, int kafkaPort, int port, boolean fresh, PipelineSettings settings) {
            this(data, kafka, kafkaPort, port, fresh, settings, Role.ALL);
        }
    }

    private PipelineProcess() {}

    /** Starts all parts, or none. */
    static PipelineProcess start(Plan plan) {
        PipelineProcess process = new PipelineProcess();
        List<Hosted> exporters = plan.settings().exporters();
        try {
            if (plan.kafka() == null || plan.roles().contains(Role.CONTROL)) {
                makeFolder(plan.data());
            }
            process.startBroker(plan);
            Map<String, Object> kafka = plan.settings().kafka(process.kafkaAddress);
            PipelineTopics.ensure(kafka);
            process.startParts(plan, exporters, kafka);
            return process;
        } catch (RuntimeException e) {
            process.close();
            exporters.forEach(hosted -> hosted.exporter().close());
            throw e;
        }
    }

    private void startParts(Plan plan, List<Hosted> exporters, Map<String, Object> kafka) {
        parts.push(meters::close);
        new JvmMemoryMetrics().bindTo(meters);
        new ProcessorMetrics().bindTo(meters);
        new UptimeMetrics().bindTo(meters);
        host = ExporterHost.start(kafka, exporters, PipelineTopics.DEAD_LETTERS, meters);
        parts.push(host);
        if (!exporters.isEmpty()) {
            reporter = HealthReporter.start(kafka, thisProcess(), host::health);
            parts.push(reporter);
        }
        if (plan.roles().contains(Role.PAIR)) {
            parts.push(Pairer.start(kafka));
        }
        if (plan.roles().contains(Role.CONTROL)) {
            control = ControlPlane.start(
                    plan.data(),
                    plan.port(),
                    kafka,
                    this::reports,
                    meters::scrape,
                    plan.settings().control());
            parts.push(control);
            meters.getPrometheusRegistry().register(control.fleet());
            metersUrl = control.address().url() + "/metrics";
        } else {
            MetersPage page = MetersPage.start(plan.settings().control().listening(), plan.port(), meters::scrape);
            parts.push(page);
            metersUrl = page.url();
        }
    }

    /** Where Prometheus finds the process's own meters. */
    String metersUrl() {
        return metersUrl;
    }

    String kafkaAddress() {
        return kafkaAddress;
    }

    boolean hasOwnBroker() {
        return ownBroker;
    }

    List<ExporterHealth> health() {
        return host.health();
    }

    /** Opens the console once. */
    String loginLink() {
        return control.loginLink();
    }

    boolean hasControl() {
        return control != null;
    }

    /** Where the control plane is; only where {@link #hasControl}. */
    ControlFile control() {
        return control.address();
    }

    @Override
    public void close() {
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception e) {
                throw new IllegalStateException("a part of the pipeline did not close", e);
            }
        }
    }

    private void startBroker(Plan plan) {
        kafkaAddress = plan.kafka();
        if (kafkaAddress == null) {
            EmbeddedBroker broker = plan.fresh()
                    ? EmbeddedBroker.startFresh(plan.data(), plan.kafkaPort())
                    : EmbeddedBroker.start(plan.data(), plan.kafkaPort());
            parts.push(broker);
            kafkaAddress = broker.address();
            ownBroker = true;
        }
    }

    private List<ExporterReport> reports() {
        return reporter == null ? List.of() : reporter.reports();
    }

    private static ExportingProcess thisProcess() {
        return new ExportingProcess(
                UUID.randomUUID().toString(),
                HostName.read(),
                ProcessHandle.current().pid(),
                Instant.now());
    }

    /** For the eyes of its user only: it holds signals and the token. */
    private static void makeFolder(Path data) {
        try {
            boolean posix = data.getFileSystem().supportedFileAttributeViews().contains("posix");
            if (Files.exists(data) || !posix) {
                Files.createDirectories(data);
            } else {
                Files.createDirectories(
                        data, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("can't make the data folder " + data + "; choose another with --data", e);
        }
    }
}
