package io.plumbline.agent.weave;

import io.plumbline.config.probe.Spot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.MethodNode;

/** Lays out the sites of one method, then puts them in. */
final class MethodWeaver {
    private static final Map<Spot, ArrivalKind> KINDS = Map.of(
            Wish.ENTRY, ArrivalKind.ENTRY,
            Wish.EXIT, ArrivalKind.EXIT,
            Wish.ESCAPE, ArrivalKind.ESCAPE,
            Wish.THROW, ArrivalKind.THROW,
            Wish.CATCH, ArrivalKind.CATCH);

    private final MethodNode method;
    private final SourceLines source;
    private final ToIntFunction<SiteKey> ids;
    private final SiteCall siteCall;

    /** Whether the class file is from before Java 7 and need not have stack maps. */
    private final boolean isOld;

    private final MethodModel model;
    private final Variables variables;
    private final CatchBlocks catches;

    /**
     * @param owner internal name of the class
     * @param method read with expanded frames
     * @param frames of the class
     * @param siteCall how a site calls the agent
     * @param isOld whether the class file is from before Java 7
     * @throws MethodRefusedException when the method's frames can't be told
     */
    MethodWeaver(
            String owner,
            MethodNode method,
            Frames frames,
            SourceLines source,
            SiteCall siteCall,
            boolean isOld,
            ToIntFunction<SiteKey> ids) {
        this.method = method;
        this.source = source;
        this.ids = ids;
        this.siteCall = siteCall;
        this.isOld = isOld;
        this.model = new MethodModel(frames, method, source);
        this.variables = new Variables(owner, method, model);
        this.catches = new CatchBlocks(method, model);
    }

    /** Puts in what is wanted. All sites are found first, for putting one in leads jumps elsewhere. */
    List<WovenSite> weave(Wishes wishes) {
        String id = method.name + method.desc;
        Optional<Variable> start = wishes.isTimed(id) ? Optional.of(StartTime.reserve(method)) : Optional.empty();
        List<Placement> lines = new ArrayList<>();
        for (int code : model.lines()) {
            if (wishes.wantsLine(id, source.file(code), SourceLines.line(code))) {
                lines.addAll(line(code));
            }
        }
        List<Placement> moments = new ArrayList<>();
        Set<Spot> spots = wishes.spots(id);
        spots.forEach(spot -> moments.addAll(moments(start).find(spot)));
        insert(lines, moments, start);
        List<WovenSite> woven = new ArrayList<>();
        lines.forEach(placement -> woven.add(placement.woven()));
        moments.forEach(placement -> woven.add(placement.woven()));
        return woven;
    }

    /** All that could be wished for. */
    List<ClassWeaver.Found> all() {
        List<ClassWeaver.Found> found = new ArrayList<>();
        for (int code : model.lines()) {
            if (SourceLines.line(code) != MethodModel.NO_LINE && source.file(code) != null) {
                line(code).forEach(placement -> found.add(new ClassWeaver.Found(placement.woven(), kind(placement))));
            }
        }
        for (Spot spot : ClassWeaver.MOMENTS) {
            moments(Optional.empty())
                    .find(spot)
                    .forEach(placement -> found.add(new ClassWeaver.Found(placement.woven(), kind(placement))));
        }
        return found;
    }

    private Moments moments(Optional<Variable> start) {
        return new Moments(method, model, variables, catches, ids, start);
    }

    private List<Placement> line(int code) {
        List<Placement> placements = new ArrayList<>();
        Spot spot = new Spot.Line(SourceLines.line(code));
        for (SiteFinder.Site site : new SiteFinder(model).find(code)) {
            SiteKey key = new SiteKey(method.name + method.desc, source.file(code), spot, placements.size());
            Optional<Variable> exception = catches.exceptionAt(site.instruction());
            boolean onTop = exception.isPresent() && exception.get().slot() == Variable.TOP;
            SiteLayout layout = variables
                    .at(site.instruction())
                    .with(onTop ? exception : Optional.empty(), onTop ? Optional.empty() : exception);
            WovenSite woven = new WovenSite(key, ids.applyAsInt(key), SourceLines.line(code), layout);
            placements.add(new Placement(woven, site));
        }
        return placements;
    }

    private ArrivalKind kind(Placement placement) {
        Spot spot = placement.woven().key().spot();
        if (spot instanceof Spot.Line) {
            SiteFinder.Site site = placement.arrival();
            boolean back = site.jumpsArrive().stream().anyMatch(from -> from >= site.instruction());
            boolean thrown = !model.throwers(site.instruction()).isEmpty();
            return back ? ArrivalKind.LOOP : thrown ? ArrivalKind.HANDLER : ArrivalKind.STATEMENT;
        }
        return KINDS.get(spot);
    }

    /**
     * Lines first: what leads jumps around a line's call must not lead them around another call at the same instruction.
     */
    private void insert(List<Placement> lines, List<Placement> moments, Optional<Variable> start) {
        SiteInserter inserter = new SiteInserter(method, model, siteCall);
        lines.forEach(placement -> atInstruction(inserter, placement));
        for (Placement placement : moments) {
            WovenSite woven = placement.woven();
            if (placement.arrival() != null) {
                atInstruction(inserter, placement);
            } else if (woven.key().spot() instanceof Spot.Escape) {
                InsnList call = inserter.call(woven.layout(), woven.id());
                new EscapeHandler(method, model).insert(call, woven.layout().argumentSlots(), !isOld);
            }
        }
        for (Placement placement : moments) {
            if (placement.woven().key().spot() instanceof Spot.Entry) {
                inserter.insertAtEntry(
                        placement.woven().layout(), placement.woven().id());
            }
        }
        start.ifPresent(variable -> StartTime.insert(method, variable));
    }

    private static void atInstruction(SiteInserter inserter, Placement placement) {
        WovenSite woven = placement.woven();
        inserter.insert(placement.arrival(), woven.layout(), woven.id());
    }
}
