package io.plumbline.benchmarks.suites;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.ClassNameFilter;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** Runs all tests of a jar and writes how each ended, one on a line: its unique id, a tab, the end. */
public final class SuiteMain {
    /** What the suites' own builds leave out as well: minutes of timing loops that assert nothing. */
    private static final String LEFT_OUT = ".*PerformanceTest";

    private SuiteMain() {}

    /**
     * @param arguments the jar with the tests, the file to write, and a pattern of the names of classes to run
     */
    public static void main(String[] arguments) throws IOException {
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(DiscoverySelectors.selectClasspathRoots(Set.of(Path.of(arguments[0]))))
                .filters(ClassNameFilter.includeClassNamePatterns(arguments[2]))
                .filters(ClassNameFilter.excludeClassNamePatterns(LEFT_OUT))
                .build();
        Recorder recorder = new Recorder();
        LauncherFactory.create().execute(request, recorder);
        StringBuilder text = new StringBuilder();
        recorder.ends.forEach(
                (id, end) -> text.append(id).append('\t').append(end).append('\n'));
        Files.writeString(Path.of(arguments[1]), text);
        // some suites leave threads behind
        System.exit(0);
    }

    private static final class Recorder implements TestExecutionListener {
        final Map<String, String> ends = new ConcurrentHashMap<>();

        @Override
        public void executionSkipped(TestIdentifier test, String reason) {
            ends.put(id(test), "SKIPPED");
        }

        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            boolean isContainer = !test.isTest();
            if (isContainer && result.getStatus() == TestExecutionResult.Status.SUCCESSFUL) {
                return;
            }
            ends.merge(id(test), end(result), (before, now) -> before + ", " + now);
        }

        /** With what was thrown, for a failure must not turn into another one. Its words may hold addresses and times. */
        private static String end(TestExecutionResult result) {
            return result.getStatus()
                    + result.getThrowable()
                            .map(thrown -> " " + thrown.getClass().getName())
                            .orElse("");
        }

        private static String id(TestIdentifier test) {
            return test.getUniqueId().replaceAll("[\\t\\r\\n]", " ");
        }
    }

    /** Reads what {@link #main} wrote. */
    static Map<String, String> read(Path file) throws IOException {
        Map<String, String> ends = new TreeMap<>();
        for (String line : Files.readAllLines(file)) {
            int tab = line.lastIndexOf('\t');
            ends.put(line.substring(0, tab), line.substring(tab + 1));
        }
        return ends;
    }
}
