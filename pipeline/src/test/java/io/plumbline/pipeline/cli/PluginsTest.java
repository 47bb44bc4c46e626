package io.plumbline.pipeline.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.plumbline.config.wire.Topics;
import io.plumbline.exporters.ExporterFactory;
import io.plumbline.exporters.SettingsException;
import io.plumbline.pipeline.broker.EmbeddedBroker;
import io.plumbline.pipeline.stream.ExporterHost;
import io.plumbline.pipeline.support.DocumentedExporter;
import io.plumbline.pipeline.support.Eventually;
import io.plumbline.pipeline.support.Otlp;
import io.plumbline.pipeline.topics.PipelineTopics;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** Plug-ins from a folder; the one that works is the one in docs/writing-an-exporter.md. */
final class PluginsTest {
    private static final String SERVICE = "META-INF/services/" + ExporterFactory.class.getName();

    @TempDir
    static Path work;

    @TempDir
    Path folder;

    private static DocumentedExporter documented;

    @BeforeAll
    static void compile() throws IOException {
        documented = DocumentedExporter.compile(work, page -> page);
    }

    @Test
    void documentedExporter_isUnderAHundredLines_andPassesItsTest() throws Exception {
        assertThat(documented.sources().stream().flatMap(String::lines)).hasSizeLessThan(100);

        TestExecutionSummary summary = runDocumentedTest();

        assertThat(summary.getFailures()).isEmpty();
        assertThat(summary.getTestsSucceededCount()).isGreaterThan(5);
    }

    @Test
    void documentedExporter_delivers_fromThePluginsFolder(@TempDir Path data) throws Exception {
        documented.jar(folder.resolve("acme-jsonl-1.0.jar"));
        Path file = folder.resolve("probes.jsonl");
        try (Plugins plugins = Plugins.in(folder);
                EmbeddedBroker broker = EmbeddedBroker.start(data, 0)) {
            Map<String, Object> kafka = Map.of("bootstrap.servers", broker.address());
            PipelineTopics.ensure(kafka);
            PipelineSettings settings = PipelineSettings.of(
                    List.of("payments=jsonl"),
                    Map.of("payments.file", file.toString(), "payments.only.services", "pay*"),
                    plugins.exporters());
            try (ExporterHost host = ExporterHost.start(
                    kafka, settings.exporters(), PipelineTopics.DEAD_LETTERS, new SimpleMeterRegistry())) {
                send(kafka, Otlp.logs("shop", "p", "not for it"));
                send(kafka, Otlp.logs("payments", "p", "paid \"17\""));
                Eventually.get(() -> host.health().get(0).delivered().get("log"), delivered -> delivered == 1);

                assertThat(Files.readString(file)).isEqualTo("{\"probe\":\"p\",\"what\":\"paid \\\"17\\\"\"}\n");
                assertThat(host.health().get(0).name()).isEqualTo("payments");
            }
        }
    }

    @Test
    void plugin_isFound_asAJarAndInAFolderOfItsOwn_eachInALoaderOfItsOwn() throws Exception {
        documented.jar(folder.resolve("jsonl/jsonl.jar"));
        jar(folder.resolve("jsonl/library.jar"), "library.txt", "what it uses");
        Files.createDirectories(folder.resolve("empty"));
        Files.writeString(folder.resolve("README"), "no jar");
        try (Plugins plugins = Plugins.in(folder)) {
            ClassLoader loader = plugins.exporters().get("jsonl").getClass().getClassLoader();

            assertThat(plugins.exporters()).containsKeys("jsonl", "sentry", "console");
            assertThat(loader.getResource("library.txt")).isNotNull();
            assertThat(loader).isNotSameAs(getClass().getClassLoader());
            assertThat(loader.getParent()).isSameAs(Plugins.class.getClassLoader());
        }
    }

    @Test
    void brokenPlugin_stopsTheStart_andIsNamed() throws Exception {
        assertBroken("no readable jar", "text.jar", jar -> Files.writeString(jar, "no jar"));
        assertBroken("has no " + SERVICE, "empty.jar", jar -> jar(jar, "a.txt", "a"));
        assertBroken("acme.Missing not found", "missing.jar", jar -> jar(jar, SERVICE, "acme.Missing"));
        assertBroken("as one of Plumbline's own is", "second.jar", PluginsTest::console);
        assertBroken("called jsonl, as", "z.jar", jar -> {
            documented.jar(folder.resolve("a.jar"));
            documented.jar(jar);
        });
    }

    @Test
    void up_namesTheBrokenPlugin_andTheFolderThatIsNotThere() throws Exception {
        Path plugins = Files.createDirectories(folder.resolve("plugins"));
        Files.writeString(plugins.resolve("broken.jar"), "no jar");
        String data = folder.toString();

        Run byDefault = Run.plumb("up", "--data", data);
        assertThat(byDefault.code()).isEqualTo(2);
        assertThat(byDefault.err()).contains("the plug-in " + plugins.resolve("broken.jar") + " can't be used");
        Run absent = Run.plumb("up", "--data", data, "--plugins", data + "/none");
        assertThat(absent.code()).isEqualTo(2);
        assertThat(absent.err()).contains("there is no folder of plug-ins " + data + "/none");
    }

    private interface Making {
        void make(Path jar) throws IOException;
    }

    private void assertBroken(String why, String name, Making making) throws IOException {
        Path jar = folder.resolve(name);
        making.make(jar);
        assertThatThrownBy(() -> Plugins.in(folder))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("the plug-in " + jar + " can't be used: it ")
                .hasMessageContaining(why)
                .hasMessageContaining("take it out of the folder");
        Files.delete(jar);
    }

    /** A factory of the name of one of ours. */
    private static void console(Path jar) throws IOException {
        Path second = Files.createTempDirectory(work, "second");
        DocumentedExporter.compile(second, page -> page.replace("\"jsonl\"", "\"console\""))
                .jar(jar);
    }

    private static TestExecutionSummary runDocumentedTest() throws Exception {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        URL[] urls = {documented.classes().toUri().toURL()};
        try (URLClassLoader loader = new URLClassLoader(urls, PluginsTest.class.getClassLoader())) {
            thread.setContextClassLoader(loader);
            LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                    .selectors(selectClass(loader.loadClass("acme.jsonl.JsonlExporterTest")))
                    .build();
            SummaryGeneratingListener listener = new SummaryGeneratingListener();
            LauncherFactory.create().execute(request, listener);
            return listener.getSummary();
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    private static void jar(Path jar, String entry, String content) throws IOException {
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new JarEntry(entry));
            out.write(content.getBytes(UTF_8));
        }
    }

    private static void send(Map<String, Object> kafka, byte[] value) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer =
                new KafkaProducer<>(kafka, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(Topics.LOGS, value)).get(10, TimeUnit.SECONDS);
        }
    }
}
