package io.plumbline.e2e;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.jacoco.core.analysis.Analyzer;
import org.jacoco.core.analysis.CoverageBuilder;
import org.jacoco.core.analysis.IClassCoverage;
import org.jacoco.core.tools.ExecFileLoader;

/** What JaCoCo's own tools read from a file that its agent wrote. */
final class Coverage {
    private Coverage() {}

    /** For each line of a class with code: instructions covered of all, branches covered of all. */
    static Map<Integer, String> ofLines(Path execFile, String className) throws IOException {
        ExecFileLoader executions = new ExecFileLoader();
        executions.load(execFile.toFile());
        CoverageBuilder builder = new CoverageBuilder();
        Path file = Path.of("target/test-classes/" + className.replace('.', '/') + ".class");
        new Analyzer(executions.getExecutionDataStore(), builder).analyzeAll(file.toFile());
        Map<Integer, String> lines = new TreeMap<>();
        for (IClassCoverage type : builder.getClasses()) {
            for (int line = type.getFirstLine(); line <= type.getLastLine(); line++) {
                var found = type.getLine(line);
                lines.put(
                        line,
                        found.getInstructionCounter().getCoveredCount() + "/"
                                + found.getInstructionCounter().getTotalCount() + " "
                                + found.getBranchCounter().getCoveredCount() + "/"
                                + found.getBranchCounter().getTotalCount());
            }
        }
        return lines;
    }
}
