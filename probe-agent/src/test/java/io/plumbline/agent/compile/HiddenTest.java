package io.plumbline.agent.compile;

import static io.plumbline.agent.weave.WeaveFixture.at;
import static io.plumbline.agent.weave.WeaveFixture.quoted;
import static org.assertj.core.api.Assertions.assertThat;

import io.plumbline.agent.weave.WeaveFixture;
import io.plumbline.cases.Secrets;
import io.plumbline.config.redaction.Redaction;
import io.plumbline.config.settings.Settings;
import io.plumbline.config.wire.ProbeState;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No expression tells of what redaction hides: not the value, not its length, not whether it equals a guess. */
class HiddenTest {
    private static final String BY_NAME = "' is hidden by redaction, for its name holds '";
    private static final String BY_TYPE = "is hidden by redaction, for its type ";

    private WeaveFixture fixture;

    @AfterEach
    void restore() {
        fixture.close();
    }

    private String reason(Redaction redaction, Class<?> type, String mark, String rest) {
        fixture = new WeaveFixture(Map.of(), redaction);
        new Secrets().run("x", null);
        new Secrets.OwnKey().use(1);
        String yaml = at(type, mark, rest);
        fixture.set(yaml);
        var standing = fixture.standing(yaml);
        return standing.state() == ProbeState.REJECTED
                ? standing.reason()
                : standing.state().toString();
    }

    private static Redaction with(String... pairs) {
        Map<String, String> values = new java.util.HashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            values.put("plumbline.redaction." + pairs[i], pairs[i + 1]);
        }
        return Redaction.of(Settings.of(values));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "password == \"x\"",
                "\"x\" != password",
                "this.password.startsWith(\"s\")",
                "password.length() > 3",
                "((Object) password) == null",
                "(\"a\" + password).isEmpty()",
                "(1 > 2 ? password : \"\").isEmpty()",
                "accessToken.equals(\"x\")",
                "API_KEY == \"x\"",
                "Secrets.API_KEY == \"x\"",
                "account.pin == \"1234\"",
                "map.get(\"password\") == \"x\"",
                "((String) map.get(\"password\")).length() > 1",
                "this.getPassword() == \"x\"",
            })
    void condition_onHiddenName_isRefusedWithTheReason(String condition) {
        assertThat(reason(Redaction.standard(), Secrets.class, "here", "count: hits, if: " + quoted(condition)))
                .contains(BY_NAME)
                .contains("plumbline.redaction.reveal-names takes words off the list");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "key",
                "given",
                "keys",
                "keys.length",
                "keys[0]",
                "key.material",
                "account.signer",
                "((io.plumbline.cases.Secrets.OwnKey) thing).material",
                "((java.security.Key) map.get(\"key\"))",
                "key + \"\"",
            })
    void template_onHiddenType_isRefusedWithTheReason(String expression) {
        assertThat(reason(Redaction.standard(), Secrets.class, "here", "log: " + quoted("{" + expression + "}")))
                .contains(BY_TYPE)
                .contains("plumbline.redaction.reveal-types");
    }

    @ParameterizedTest
    @ValueSource(strings = {"this", "material", "this.material", "material.length()"})
    void template_insideHiddenType_isRefused(String expression) {
        assertThat(reason(Redaction.standard(), Secrets.class, "inKey", "log: " + quoted("{" + expression + "}")))
                .contains(BY_TYPE + "io.plumbline.cases.Secrets$OwnKey, a java.security.");
    }

    @Test
    void template_insideHiddenType_readsOtherVariables() {
        assertThat(reason(Redaction.standard(), Secrets.class, "inKey", "log: '{rounds}'"))
                .isEqualTo("INSTALLED");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{map.get(other)} | null",
                "{map.get(\"PASSWORD\".toLowerCase())} | null",
                "{map.get(\"pass\" + \"word\")} | null",
                "{map.get(entry)} | Ada",
                "{byField.get(Secrets.Field.NAME)} | Ada",
                "{byField.get(Secrets.Field.PASSWORD)} | null",
                "{\"\" + thing} | ***",
                "{name + amount} | Ada12.50",
                "{map.containsKey(\"password\")} | true",
                "{map.get(other) == \"swordfish\"} | false",
                "{thing == null} | false",
            })
    void template_onWhatOnlyTheHitTells_showsNothingHidden(String template, String shown) {
        fixture = new WeaveFixture();
        new Secrets().run("x", null);
        var tap = fixture.set(at(Secrets.class, "here", "log: " + quoted(template)));

        new Secrets().run("name", null);

        assertThat(tap.failure).isNull();
        assertThat(tap.events).containsExactly(shown);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{thing.material}", "{thing.use(1)}"})
    void template_onMemberOfHiddenReceiver_isNullAndSaid(String template) {
        fixture = new WeaveFixture();
        new Secrets().run("x", null);
        var tap = fixture.set(at(Secrets.class, "here", "log: " + quoted(template)));

        new Secrets().run("name", null);

        assertThat(tap.events).containsExactly("null");
        assertThat(tap.failure)
                .hasMessageContaining("objects of io.plumbline.cases.Secrets$OwnKey are hidden by redaction");
    }

    @Test
    void template_ownTypeInWiderVariable_showsStars() {
        fixture = new WeaveFixture(Map.of(), with("types", "java.math.BigDecimal"));
        new Secrets().run("x", null);
        var tap = fixture.set(at(Secrets.class, "here", "log: " + quoted("{name + amount}")));

        new Secrets().run("name", null);

        assertThat(tap.events).containsExactly("Ada***");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{entry} | INSTALLED",
                "{entry.length()} | INSTALLED",
                "{result} | INSTALLED",
                "{account.user} | 'user' is hidden by redaction, for only what is allowed is read here",
                "{name} | 'name' is hidden by redaction, for only what is allowed is read here",
                "{map.get(\"name\")} | 'map' is hidden by redaction, for only what is allowed is read here",
                "{Integer.MAX_VALUE} | INSTALLED",
                "{password} | 'password' is hidden by redaction, for its name",
            })
    void template_allowMode_readsWhatIsListedOnly(String template, String reason) {
        Redaction redaction =
                with("mode", "allow", "allow-names", "entry,account,password", "allow-types", "int,java.time.*");
        String rest = "log: " + quoted(template.replace("result", "entry.length() + 1"));

        assertThat(reason(redaction, Secrets.class, "here", rest)).contains(reason);
    }

    @Test
    void snapshot_atAMethodsExit_hidesWhatItsNameSays() {
        fixture = new WeaveFixture();
        new Secrets().getPassword();
        var tap = fixture.set("{id: p, at: 'io.plumbline.cases.Secrets#getPassword:exit', snapshot: {stack: 0}}");
        new Secrets().getPassword();
        assertThat(tap.events.toString()).doesNotContain("swordfish");
    }

    @Test
    void return_ofMethodWithHiddenName_isRefused() {
        fixture = new WeaveFixture();
        new Secrets().getPassword();
        String hidden = "{id: p, at: 'io.plumbline.cases.Secrets#getPassword:exit', log: '{$return}'}";
        fixture.set(hidden);
        assertThat(fixture.standing(hidden).reason()).contains("'getPassword" + BY_NAME + "password'");

        var tap = fixture.set("{id: p, at: 'io.plumbline.cases.Secrets#getName:exit', log: '{$return}'}");
        new Secrets().getName();
        assertThat(tap.events).containsExactly("Ada");
    }
}
