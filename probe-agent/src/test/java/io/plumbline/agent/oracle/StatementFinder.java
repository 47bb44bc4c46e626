package io.plumbline.agent.oracle;

import com.sun.source.tree.AssertTree;
import com.sun.source.tree.BlockTree;
import com.sun.source.tree.BreakTree;
import com.sun.source.tree.CaseTree;
import com.sun.source.tree.CatchTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ContinueTree;
import com.sun.source.tree.DoWhileLoopTree;
import com.sun.source.tree.EnhancedForLoopTree;
import com.sun.source.tree.ExpressionStatementTree;
import com.sun.source.tree.ForLoopTree;
import com.sun.source.tree.IfTree;
import com.sun.source.tree.LabeledStatementTree;
import com.sun.source.tree.LambdaExpressionTree;
import com.sun.source.tree.LineMap;
import com.sun.source.tree.ReturnTree;
import com.sun.source.tree.SwitchTree;
import com.sun.source.tree.SynchronizedTree;
import com.sun.source.tree.ThrowTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.TryTree;
import com.sun.source.tree.VariableTree;
import com.sun.source.tree.WhileLoopTree;
import com.sun.source.tree.YieldTree;
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

    @Override
    public Void visitExpressionStatement(ExpressionStatementTree tree, Void unused) {
        part(tree);
        return super.visitExpressionStatement(tree, unused);
    }

    @Override
    public Void visitVariable(VariableTree tree, Void unused) {
        part(tree.getInitializer() == null ? null : tree);
        return super.visitVariable(tree, unused);
    }

    @Override
    public Void visitReturn(ReturnTree tree, Void unused) {
        part(tree);
        return super.visitReturn(tree, unused);
    }

    @Override
    public Void visitBreak(BreakTree tree, Void unused) {
        part(tree);
        return super.visitBreak(tree, unused);
    }

    @Override
    public Void visitContinue(ContinueTree tree, Void unused) {
        part(tree);
        return super.visitContinue(tree, unused);
    }

    @Override
    public Void visitThrow(ThrowTree tree, Void unused) {
        part(tree);
        return super.visitThrow(tree, unused);
    }

    @Override
    public Void visitYield(YieldTree tree, Void unused) {
        part(tree);
        return super.visitYield(tree, unused);
    }

    @Override
    public Void visitAssert(AssertTree tree, Void unused) {
        part(tree);
        return super.visitAssert(tree, unused);
    }

    @Override
    public Void visitIf(IfTree tree, Void unused) {
        add(tree, true);
        part(tree.getCondition());
        return super.visitIf(tree, unused);
    }

    @Override
    public Void visitWhileLoop(WhileLoopTree tree, Void unused) {
        add(tree, true);
        part(tree.getCondition());
        return super.visitWhileLoop(tree, unused);
    }

    @Override
    public Void visitDoWhileLoop(DoWhileLoopTree tree, Void unused) {
        add(tree, true);
        part(tree.getCondition());
        return super.visitDoWhileLoop(tree, unused);
    }

    @Override
    public Void visitForLoop(ForLoopTree tree, Void unused) {
        add(tree, true);
        part(tree.getCondition());
        return super.visitForLoop(tree, unused);
    }

    @Override
    public Void visitEnhancedForLoop(EnhancedForLoopTree tree, Void unused) {
        add(tree, true);
        part(tree.getExpression());
        return super.visitEnhancedForLoop(tree, unused);
    }

    @Override
    public Void visitSwitch(SwitchTree tree, Void unused) {
        add(tree, true);
        part(tree.getExpression());
        return super.visitSwitch(tree, unused);
    }

    @Override
    public Void visitBlock(BlockTree tree, Void unused) {
        add(tree, true);
        return super.visitBlock(tree, unused);
    }

    /** The exception is put into its variable on this line, so the line has code. */
    @Override
    public Void visitCatch(CatchTree tree, Void unused) {
        part(tree.getParameter());
        return super.visitCatch(tree, unused);
    }

    @Override
    public Void visitTry(TryTree tree, Void unused) {
        add(tree, true);
        return super.visitTry(tree, unused);
    }

    @Override
    public Void visitLabeledStatement(LabeledStatementTree tree, Void unused) {
        add(tree, true);
        return super.visitLabeledStatement(tree, unused);
    }

    @Override
    public Void visitCase(CaseTree tree, Void unused) {
        part(tree.getBody());
        return super.visitCase(tree, unused);
    }

    @Override
    public Void visitSynchronized(SynchronizedTree tree, Void unused) {
        add(tree, true);
        part(tree.getExpression());
        return super.visitSynchronized(tree, unused);
    }

    @Override
    public Void visitLambdaExpression(LambdaExpressionTree tree, Void unused) {
        part(tree.getBody());
        return super.visitLambdaExpression(tree, unused);
    }
}
