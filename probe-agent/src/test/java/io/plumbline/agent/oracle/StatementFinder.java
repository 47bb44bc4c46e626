package io.plumbline.agent.oracle;

import com.sun.source.tree.BlockTree;
import com.sun.source.tree.CaseTree;
import com.sun.source.tree.CatchTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.DoWhileLoopTree;
import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.ForLoopTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.SwitchTree;
import com.sun.source.tree.SynchronizedTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.tree.WhileLoopTree;
import com.sun.source.util.SourcePositions;
import com.sun.source.util.TreeScanner;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Finds in a source's tree what the definition of a hit calls a statement: simple statements, and the parts of compound
 * ones that run at a time of their own (the condition of a loop, its update, what a {@code switch} looks at …).
 */
final class StatementFinder extends TreeScanner<Void, Void> {
    private static final Set<Tree.Kind> LEAVING =
            Set.of(Tree.Kind.RETURN, Tree.Kind.BREAK, Tree.Kind.CONTINUE, Tree.Kind.YIELD);

    private static final Set<Tree.Kind> SIMPLE = Set.of(
            Tree.Kind.EXPRESSION_STATEMENT,
            Tree.Kind.RETURN,
            Tree.Kind.BREAK,
            Tree.Kind.CONTINUE,
            Tree.Kind.THROW,
            Tree.Kind.YIELD,
            Tree.Kind.ASSERT);

    private static final Set<Tree.Kind> COMPOUND = Set.of(
            Tree.Kind.IF,
            Tree.Kind.WHILE_LOOP,
            Tree.Kind.DO_WHILE_LOOP,
            Tree.Kind.FOR_LOOP,
            Tree.Kind.ENHANCED_FOR_LOOP,
            Tree.Kind.SWITCH,
            Tree.Kind.SYNCHRONIZED,
            Tree.Kind.TRY,
            Tree.Kind.LABELED_STATEMENT,
            Tree.Kind.BLOCK);

    private final CompilationUnitTree file;
    private final SourcePositions positions;
    private final List<Statement> found = new ArrayList<>();

    /**
     * @param isCompound whether it is a frame around others: a block, a loop …, without those of its parts that run at a time
     *     of their own
     * @param leaves whether it goes elsewhere, and so runs the {@code finally} blocks on its way before it ends
     */
    record Statement(Span span, boolean isCompound, boolean leaves) {}

    private StatementFinder(CompilationUnitTree file, SourcePositions positions) {
        this.file = file;
        this.positions = positions;
    }

    static List<Statement> find(CompilationUnitTree file, SourcePositions positions) {
        StatementFinder finder = new StatementFinder(file, positions);
        finder.scan(file, null);
        return List.copyOf(finder.found);
    }

    /** Every tree comes by here, those around others first. */
    @Override
    public Void scan(Tree tree, Void unused) {
        if (tree != null) {
            boolean isCompound = COMPOUND.contains(tree.getKind());
            if (isCompound || SIMPLE.contains(tree.getKind())) {
                add(tree, isCompound);
            }
            part(partOf(tree));
        }
        return super.scan(tree, unused);
    }

    /** What runs at a time of its own; null where nothing does. */
    private static Tree partOf(Tree tree) {
        return switch (tree.getKind()) {
            case VARIABLE -> ((VariableTree) tree).getInitializer() == null ? null : tree;
            case IF -> ((IfTree) tree).getCondition();
            case WHILE_LOOP -> ((WhileLoopTree) tree).getCondition();
            case DO_WHILE_LOOP -> ((DoWhileLoopTree) tree).getCondition();
            case FOR_LOOP -> ((ForLoopTree) tree).getCondition();
            case ENHANCED_FOR_LOOP -> ((EnhancedForLoopTree) tree).getExpression();
            case SWITCH -> ((SwitchTree) tree).getExpression();
            case SYNCHRONIZED -> ((SynchronizedTree) tree).getExpression();
            case CASE -> ((CaseTree) tree).getBody();
            case LAMBDA_EXPRESSION -> ((LambdaExpressionTree) tree).getBody();
            // the exception is put into its variable on this line, so the line has code
            case CATCH -> ((CatchTree) tree).getParameter();
            default -> null;
        };
    }

    private void part(Tree tree) {
        if (tree != null && !(tree instanceof BlockTree)) {
            add(tree, false);
        }
    }

    private void add(Tree tree, boolean isCompound) {
        long start = positions.getStartPosition(file, tree);
        long end = positions.getEndPosition(file, tree);
        if (start >= 0 && end > start) {
            LineMap lines = file.getLineMap();
            found.add(new Statement(
                    new Span(
                            Span.place(lines.getLineNumber(start), lines.getColumnNumber(start)),
                            Span.place(lines.getLineNumber(end), lines.getColumnNumber(end))),
                    isCompound,
                    LEAVING.contains(tree.getKind())));
        }
    }
}
