package io.plumbline.pipeline.promote;

import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.Tree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * A Java source as the JDK's own compiler parses it; nothing is resolved, so no class path is needed.
 *
 * @param text the source
 * @param unit its tree
 * @param trees where the tree's parts stand
 * @param errors in the syntax, as the compiler says them
 */
record SourceTree(String text, CompilationUnitTree unit, Trees trees, List<String> errors) {
    SourceTree {
        errors = List.copyOf(errors);
    }

    /** @throws IllegalStateException where this JVM has no compiler */
    static SourceTree parse(String text) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            throw new IllegalStateException("--source needs the compiler of a JDK, and this is a JRE: "
                    + System.getProperty("java.home") + "; run plumb on a JDK, or leave --source out");
        }
        DiagnosticCollector<JavaFileObject> said = new DiagnosticCollector<>();
        JavaFileObject file =
                new SimpleJavaFileObject(URI.create("string:///Source.java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return text;
                    }
                };
        JavacTask task = (JavacTask) compiler.getTask(null, null, said, List.of("-proc:none"), null, List.of(file));
        try {
            CompilationUnitTree unit = task.parse().iterator().next();
            List<String> errors = said.getDiagnostics().stream()
                    .filter(one -> one.getKind() == Diagnostic.Kind.ERROR)
                    .map(one -> "line " + one.getLineNumber() + ": " + one.getMessage(Locale.ROOT))
                    .toList();
            return new SourceTree(text, unit, Trees.instance(task), errors);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The offset of a part's first character. */
    int start(Tree tree) {
        return (int) trees.getSourcePositions().getStartPosition(unit, tree);
    }

    /** The offset behind a part's last character. */
    int end(Tree tree) {
        return (int) trees.getSourcePositions().getEndPosition(unit, tree);
    }

    /** From 1. */
    int line(int offset) {
        return (int) unit.getLineMap().getLineNumber(offset);
    }
}
